import * as z from 'zod';
import { Run } from './report.ts';

/** A line of a list; level 0 is the outermost. */
export const Bullet = z.object({ level: z.int().min(0).max(4), runs: z.array(Run) });
export type Bullet = z.infer<typeof Bullet>;

const Bullets = z.object({ isOrdered: z.boolean().optional(), items: z.array(Bullet) });
export type Bullets = z.infer<typeof Bullets>;

export const Chart = z.object({
  type: z.enum(['bar', 'line', 'pie']),
  categories: z.array(z.string()),
  /** A value for every category; `null` is a gap. A pie shows the first series only. */
  series: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })).min(1),
  /** Number format code of the values. */
  format: z.string().min(1).max(255).optional(),
});
export type Chart = z.infer<typeof Chart>;

const common = {
  title: z.string(),
  /** For the speaker, a paragraph each. */
  notes: z.array(z.string()).optional(),
};

/** A slide by what it shows; the writer finds the layout. What does not fit goes on in a further slide. */
export const Slide = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('title'), subtitle: z.string().optional(), ...common }),
  z.object({ kind: z.literal('section'), text: z.string().optional(), ...common }),
  z.object({ kind: z.literal('bullets'), content: Bullets, ...common }),
  z.object({ kind: z.literal('two-columns'), left: Bullets, right: Bullets, ...common }),
  z.object({
    kind: z.literal('table'),
    header: z.array(z.string()),
    rows: z.array(z.array(z.array(Run))),
    ...common,
  }),
  z.object({ kind: z.literal('chart'), chart: Chart, ...common }),
]);
export type Slide = z.infer<typeof Slide>;

/** What a workflow wants to have shown, free of any file format; `shared/documents/write` turns it into PPTX. */
export const Presentation = z.object({
  title: z.string(),
  /** BCP 47 tag, for fonts and direction. */
  language: z.string(),
  slides: z.array(Slide).min(1),
  /** Heading of the slides that list the citations. */
  sourcesTitle: z.string().optional(),
});
export type Presentation = z.infer<typeof Presentation>;

import * as z from 'zod';
import { languageParam } from '../language-param.ts';

const name = z.string().trim().min(1).max(200);

/** A person who was invited, with whatever else the person is called by. */
export const Attendee = z
  .union([
    name,
    z.strictObject({
      name,
      role: name.optional(),
      email: name.optional(),
      aliases: z.array(name).max(20).optional(),
    }),
  ])
  .transform((given) => (typeof given === 'string' ? { name: given } : given));
export type Attendee = z.infer<typeof Attendee>;

/** Parameters of `minutes`. */
export const MinutesParams = z.strictObject({
  title: name.optional().describe('Title of the minutes; the title of the transcript if absent'),
  date: z.iso
    .date()
    .optional()
    .describe('Day of the meeting, for example 2026-03-12: what “by Friday” is reckoned from'),
  attendees: z
    .array(Attendee)
    .max(500)
    .default([])
    .describe(
      'Who was invited: names, or objects with name, role, email and aliases. Owners of actions are looked up here',
    ),
  agenda: z
    .union([z.array(name).min(1).max(100), name])
    .optional()
    .describe('Points of the agenda in order, or the name of the input that lists them'),
  template: z
    .union([name, z.array(name).min(1).max(10)])
    .optional()
    .describe(
      'Name of the input that is a Word template, or several: one file is written for each',
    ),
  language: languageParam,
  style: z
    .enum(['full', 'brief'])
    .default('full')
    .describe('full: what was discussed under every topic; brief: decisions and actions only'),
  chunkTokens: z
    .int()
    .min(200)
    .max(20_000)
    .default(2_500)
    .describe('How much of the transcript one call reads, in tokens'),
});
export type MinutesParams = z.infer<typeof MinutesParams>;

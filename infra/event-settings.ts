import * as z from 'zod';
import { TaskRequest } from '#shared/domain/task.ts';

/** Names in cdk.json, or `a,b` as `-c` gives them. Sources of AWS and of Quire itself are none of the user's own. */
export const eventSources = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value),
  z
    .array(
      z
        .string()
        .regex(/^[\w./-]{1,256}$/, 'letters, digits, “.”, “_”, “-” and “/”')
        .refine((source) => !/^(aws\.|quire$|quire\.)/.test(source), 'a source of your own'),
    )
    .max(20),
);

const Schedule = z.strictObject({
  /** Part of the idempotency key: a schedule under another name is another schedule. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and “-”, 40 at most'),
  expression: z.string().regex(/^(cron|rate)\([^()]+\)$/, 'cron(…) or rate(…)'),
  timezone: z.string().refine(isTimezone, 'a name of the IANA database').optional(),
  task: TaskRequest.refine(
    ({ inputs }) => inputs.every((input) => !('uploadId' in input)),
    'inputs by url or text: uploads expire',
  ),
});
export type Schedule = z.infer<typeof Schedule>;

/** A JSON array in cdk.json, or its text as `-c` gives it. */
export const schedules = z.preprocess(
  (value) => (typeof value === 'string' ? JSON.parse(value) : value),
  z
    .array(Schedule)
    .max(50)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'each name once'),
);

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

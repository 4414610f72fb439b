type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

const blot = '[redacted]';

/** Names of fields whose value is a secret, whatever it looks like. */
const secretName = /secret|password|authorization|credential|api-?key|access-?key|bearer/i;

/** Keys as providers and AWS write them, what follows “Bearer”, and long runs that mix cases and digits as only random text does. */
const secretForms = [
  /\b(?:sk|pk|rk|qk|key)[-_][\w-]{8,}/gi,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /(?<=\bBearer\s)\S+/gi,
  /\beyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]+)?/g,
  /(?<![\w+/-])(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])(?=[\w+/-]*\d)[\w+/-]{32,}={0,2}/g,
];

/** A text without what looks like a key: the second line of defence of every log (I9); the first is that nobody logs one. */
export function redactText(text: string): string {
  return secretForms.reduce((rest, form) => rest.replace(form, blot), text);
}

/** {@link redactText} over the fields of a log line; a field that is named like a secret is blotted out as a whole. */
export function redactFields(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? redactField(name, value) : value,
    ]),
  );
}

function redactField(name: string, value: string): string {
  return secretName.test(name) ? blot : redactText(value);
}

/** Variables of the process, or of a function. */
export type Environment = Readonly<Record<string, string | undefined>>;

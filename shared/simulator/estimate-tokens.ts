/** Tokens as a rule of thumb counts them: four characters each. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Claims of a token that was found valid; only their names are known before they are looked at. */
export type Claims = Readonly<Record<string, unknown>>;

/** Tokens of an identity provider that callers already have. */
export interface TokenVerifier {
  /**
   * The claims of a token that the provider signed for us and that is still valid; `undefined` for every other. Errors: `issuer_unavailable`,
   * where the keys of the provider could not be had, so that nothing is known of the token.
   */
  verify(token: string): Promise<Claims | undefined>;
}

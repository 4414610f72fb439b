/** A file as a server handed it out. */
export interface FetchedFile {
  /** What the server or the path calls it, of letters, digits, `.`, `_` and `-`; it may lack an extension. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FetchLimits {
  readonly maxSizeInBytes: number;
  /** For everything together: names, redirects, the last byte. */
  readonly timeoutInMs: number;
}

/**
 * Files of the public Internet, by URLs that strangers name: nothing else is ever connected to. Errors: `url_forbidden`,
 * `url_unreachable`, `file_too_large`; they name the host, never the URL, which may hold a token.
 */
export interface UrlFetcher {
  fetch(url: string, limits: FetchLimits): Promise<FetchedFile>;
}

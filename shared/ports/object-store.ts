/** What is known of a stored object without reading it. */
export interface ObjectInfo {
  readonly key: string;
  readonly sizeInBytes: number;
  readonly contentType: string | undefined;
  /** Tells this content under the key from the one before; only of `head`. */
  readonly etag?: string | undefined;
  /** What its sender has written beside it (S3 `x-amz-meta-…`, without the prefix); only of `head`, and none where files have none. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface PutOptions {
  readonly contentType?: string;
  /** Only write when there is no such object yet (S3 `If-None-Match: *`). */
  readonly ifAbsent?: boolean;
}

/** How a client sends a file straight to the store: an HTML-form POST of `fields` and the file as `file`, last. */
export interface UploadForm {
  readonly method: 'POST';
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly maxSizeInBytes: number;
  readonly expiresAtInMs: number;
}

/** Files by key. Keys are `/`-separated; no segment is empty, of dots only or with control characters. Errors: `store_unavailable`. */
export interface ObjectStore {
  /** `false` where `ifAbsent` was asked and the object exists; it is then left as it is. */
  put(key: string, bytes: Uint8Array, options?: PutOptions): Promise<boolean>;
  /** `undefined` where there is none. */
  get(key: string): Promise<Uint8Array | undefined>;
  head(key: string): Promise<ObjectInfo | undefined>;
  /** All objects whose key starts with the prefix, in key order. */
  list(prefix: string): Promise<readonly ObjectInfo[]>;
  /** `object_not_found` where there is none, or where an `etag` is given and the object has another one by now. */
  copy(from: string, to: string, options?: { readonly etag?: string | undefined }): Promise<void>;
  /** Removes an object; removing what is not there is no error. */
  delete(key: string): Promise<void>;
}

/** Lets clients send files without passing them through the API. */
export interface UploadForms {
  create(
    key: string,
    options: { expiresInSeconds: number; maxSizeInBytes: number },
  ): Promise<UploadForm>;
}

/**
 * A block of an example document. A string is a paragraph. `[[…]]` in a text is a footnote at that place, `**…**` is bold.
 */
export type Block =
  | string
  | { readonly kind: 'section' | 'subsection'; readonly title: string }
  | { readonly kind: 'bullets' | 'steps'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface Chapter {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A heading of the second level. */
export function section(title: string): Block {
  return { kind: 'section', title };
}

/** A heading of the third level. */
export function subsection(title: string): Block {
  return { kind: 'subsection', title };
}

/** A list in no order. */
export function bullets(...items: readonly string[]): Block {
  return { kind: 'bullets', items };
}

/** A numbered list. */
export function steps(...items: readonly string[]): Block {
  return { kind: 'steps', items };
}

/** A table with its caption; the first row is its header. */
export function table(caption: string, ...rows: readonly (readonly string[])[]): Block {
  const [header = [], ...body] = rows;
  return { kind: 'table', caption, header, rows: body };
}

/** Something that a format could not hold as it was; the file itself says so at the place. */
export interface WriteWarning {
  readonly code:
    | 'text_cut'
    | 'sheet_split'
    | 'name_changed'
    | 'link_left_out'
    | 'date_as_text'
    | 'slide_split';
  /** How many places. */
  readonly count: number;
  /** What became of them, without text of a document. */
  readonly message: string;
}

export interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly warnings: readonly WriteWarning[];
}

export interface WarningTally {
  add(code: WriteWarning['code'], count?: number): void;
  readonly warnings: readonly WriteWarning[];
}

const messages: Readonly<Record<WriteWarning['code'], string>> = {
  text_cut: 'Texts longer than the format allows are cut; each ends with a remark that says so.',
  sheet_split: 'Rows beyond what a sheet can hold go on in a further sheet.',
  name_changed: 'Names that the format does not allow were changed.',
  link_left_out: 'Links that the format cannot hold are plain text.',
  date_as_text: 'Dates before 1900 are text, as the format knows none.',
  slide_split: 'Slides that would overflow go on in further slides.',
};

/** Counts warnings by code. */
export function createWarningTally(): WarningTally {
  const counts = new Map<WriteWarning['code'], number>();
  return {
    add(code, count = 1) {
      counts.set(code, (counts.get(code) ?? 0) + count);
    },
    get warnings() {
      return [...counts].map(([code, count]) => ({ code, count, message: messages[code] }));
    },
  };
}

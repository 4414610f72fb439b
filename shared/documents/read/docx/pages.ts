/** Follows the pages of a document as Word last laid them out. */
export interface Pages {
  /** The current page, `undefined` if the file does not say where its pages end. */
  current(): number | undefined;
  /** A break that the author made. */
  breakByAuthor(): void;
  /** A break that Word noted when it laid the document out. */
  breakByLayout(): void;
  /** Text stands on the current page. */
  seeText(): void;
  /** Reads things that stand side by side, such as the cells of a row: each begins on the same page, and the last to end counts. */
  sideBySide<T>(things: readonly T[], read: (thing: T) => void): void;
}

export function createPages(hasLayout: boolean): Pages {
  let page = 1;
  // Word notes the break that follows from the author's once more, before the next text.
  let isNoteExpected = false;
  return {
    current: () => (hasLayout ? page : undefined),
    breakByAuthor() {
      page += 1;
      isNoteExpected = true;
    },
    breakByLayout() {
      if (!isNoteExpected) page += 1;
      isNoteExpected = false;
    },
    seeText() {
      isNoteExpected = false;
    },
    sideBySide(things, read) {
      const first = page;
      let last = page;
      for (const thing of things) {
        page = first;
        read(thing);
        last = Math.max(last, page);
      }
      page = last;
    },
  };
}

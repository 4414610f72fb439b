/** Follows the pages of a text as they were last laid out. */
export interface Pages {
  /** The current page, `undefined` if the file does not say where its pages end. */
  current(): number | undefined;
  /** A break that came about when the program laid the text out. */
  breakByLayout(): void;
  /** A paragraph that begins a page by its style; the first of a text begins one anyway. */
  breakByStyle(): void;
}

/** Breaks by style count as well: programs note only the others, and only if they note any does a page number say something. */
export function createPages(hasLayout: boolean): Pages {
  let page = 1;
  let isAtStart = true;
  return {
    current: () => {
      isAtStart = false;
      return hasLayout ? page : undefined;
    },
    breakByLayout() {
      page += 1;
    },
    breakByStyle() {
      if (!isAtStart) page += 1;
    },
  };
}

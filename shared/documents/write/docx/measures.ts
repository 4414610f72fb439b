/** Colours of a report: ink, one accent, greys. Contrast with white is at least 4.5 : 1 wherever text has the colour. */
export const colours = {
  ink: '1F2933',
  accent: '17466B',
  grey: '5F6B76',
  rule: 'C9D1D8',
  band: 'F5F7F9',
  headerRow: 'E6EDF3',
  noticeFill: 'FFF8E5',
  noticeRule: 'D99A00',
} as const;

/** Half-points. */
export const sizes = {
  body: 22,
  title: 48,
  subtitle: 24,
  lead: 26,
  heading1: 30,
  heading2: 25,
  heading3: 22,
  table: 19,
  footnote: 17,
  small: 16,
} as const;

const margins = { top: 1361, bottom: 1304, left: 1361, right: 1361 } as const;

/** A4 in twentieths of a point. */
export const page = {
  size: { width: 11906, height: 16838 },
  margin: { ...margins, header: 652, footer: 624 },
} as const;

export const textWidth = page.size.width - margins.left - margins.right;

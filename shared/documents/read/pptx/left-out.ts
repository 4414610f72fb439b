/** Things that are in a presentation and not among its units. */
export const leftOutOfSlides = {
  hiddenSlide: {
    code: 'hidden-content',
    message: 'Slides that the show skips are read and marked as hidden.',
  },
  hiddenShape: {
    code: 'hidden-text',
    message: 'Text of shapes that are switched off, or under merged cells, is kept apart.',
  },
  footer: {
    code: 'repeated-header',
    message:
      'Slide numbers, dates that change by themselves and repeats of the same header or footer are left out.',
  },
  layoutText: {
    code: 'repeated-header',
    message:
      'Text that stands on layouts and masters, and so on every slide made from them, is left out.',
  },
  image: { code: 'image', message: 'Images are not read; text that is part of them is missing.' },
  media: { code: 'embedded-object', message: 'Video and sound are not read.' },
  object: { code: 'embedded-object', message: 'Embedded objects are not read.' },
  workbook: {
    code: 'embedded-object',
    message: 'Workbooks behind charts are not read; the data that the charts show is.',
  },
  ink: { code: 'unsupported-part', message: 'Ink drawings are not read.' },
  noChartData: {
    code: 'no-cached-value',
    message:
      'The file does not hold the values of these series of charts, only where they come from.',
  },
  section: { code: 'unsupported-part', message: 'Names of sections are left out.' },
  missing: {
    code: 'malformed',
    message: 'Parts that the presentation refers to are missing or are not what it says.',
  },
  repeated: {
    code: 'malformed',
    message:
      'Parts that the presentation refers to more than once are read at the first place only.',
  },
} as const;

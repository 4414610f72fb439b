/** Things that are in an OpenDocument text or presentation and not among its units. */
export const leftOutOfOdf = {
  hidden: { code: 'hidden-text', message: 'Text formatted as hidden is kept apart.' },
  deleted: {
    code: 'deleted-text',
    message: 'Tracked changes are read as accepted; deleted text is listed with the changes.',
  },
  hiddenSlide: {
    code: 'hidden-content',
    message: 'Slides that the show skips are read and marked as hidden.',
  },
  footer: {
    code: 'repeated-header',
    message:
      'Slide numbers, dates that change by themselves and repeats of the same header or footer are left out.',
  },
  masterText: {
    code: 'repeated-header',
    message:
      'Text that stands on master slides, and so on every slide made from them, is left out.',
  },
  prompt: {
    code: 'hidden-content',
    message: 'Prompts in placeholders that nobody has filled are left out.',
  },
  image: { code: 'image', message: 'Images are not read; text that is part of them is missing.' },
  media: { code: 'embedded-object', message: 'Video and sound are not read.' },
  object: { code: 'embedded-object', message: 'Embedded objects are not read.' },
  control: { code: 'unsupported-part', message: 'Controls of forms are not read.' },
  ruby: { code: 'unsupported-part', message: 'Reading aids above characters are left out.' },
} as const;

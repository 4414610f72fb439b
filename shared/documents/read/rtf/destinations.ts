/** Where the text of a group goes. */
export type Destination =
  | 'body'
  | 'skip'
  | 'fonts'
  | 'styles'
  | 'title'
  | 'header'
  | 'footer'
  | 'footnote'
  | 'comment'
  | 'author'
  | 'marker'
  | 'instruction'
  | 'picture'
  | 'object'
  | 'html-tag';

/** Control words that begin a group of its own kind. Where the word is unknown and marked `\*`, the group is skipped. */
const destinations: Readonly<Record<string, Destination>> = {
  fonttbl: 'fonts',
  stylesheet: 'styles',
  title: 'title',
  header: 'header',
  headerl: 'header',
  headerr: 'header',
  headerf: 'header',
  footer: 'footer',
  footerl: 'footer',
  footerr: 'footer',
  footerf: 'footer',
  footnote: 'footnote',
  annotation: 'comment',
  atnauthor: 'author',
  listtext: 'marker',
  pntext: 'marker',
  fldinst: 'instruction',
  fldrslt: 'body',
  pict: 'picture',
  object: 'object',
  result: 'body',
  shptxt: 'body',
  htmltag: 'html-tag',
  mhtmltag: 'skip',
};

/** Tables, properties and copies of what stands elsewhere: no text of the document. */
const skipped = new Set([
  ...['colortbl', 'filetbl', 'listtable', 'listoverridetable', 'revtbl', 'rsidtbl'],
  ...['nonshppict', 'bkmkstart', 'bkmkend', 'xe', 'tc', 'txe', 'rxe', 'themedata', 'generator'],
  ...['colorschememapping', 'latentstyles', 'datastore', 'defchp', 'defpap', 'sp', 'objdata'],
  ...['objclass', 'objname', 'atnid', 'atnref', 'atndate', 'atnparent', 'atntime', 'pn', 'ftnsep'],
  ...['ftnsepc', 'aftnsep', 'aftnsepc', 'aftncn', 'ftncn', 'panose', 'falt', 'xmlnstbl'],
  ...['formfield', 'fontemb', 'fontfile', 'mmathPr', 'wgrffmtfilter', 'blipuid', 'picprop'],
  ...['author', 'operator', 'company', 'keywords', 'subject', 'doccomm', 'pgdsctbl', 'userprops'],
]);

/** Groups that only hold others, some with text. */
export const transparent = new Set([
  ...['field', 'shp', 'shpinst', 'shppict', 'do', 'shpgrp', 'info'],
]);

/** The destination of a control word; `undefined` for one that begins none. */
export function destinationOf(word: string): Destination | undefined {
  return skipped.has(word) ? 'skip' : destinations[word];
}

/** Text of control words and symbols. */
export const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '\u2014',
  endash: '\u2013',
  bullet: '\u2022',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
  emspace: '\u2003',
  enspace: '\u2002',
  qmspace: '\u2005',
  '~': '\u00a0',
  _: '\u2011',
  '-': '\u00ad',
  '{': '{',
  '}': '}',
  '\\': '\\',
};

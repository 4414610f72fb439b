/** Encodings of `\fcharset` (RTF 1.9.1, font table), by the names of the Encoding Standard. */
const encodingsOfCharsets: Readonly<Record<number, string>> = {
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};

const encodingsOfPages: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  20866: 'koi8-r',
  21866: 'koi8-u',
  51932: 'euc-jp',
  54936: 'gb18030',
  65001: 'utf-8',
};

export function encodingOfCharset(charset: number): string | undefined {
  return encodingsOfCharsets[charset];
}

/** The encoding of a Windows code page; `windows-1252` for one that is not known. */
export function encodingOfCodePage(page: number): string {
  if (page >= 1250 && page <= 1258) return `windows-${page}`;
  if (page >= 28591 && page <= 28605) return `iso-8859-${page - 28590}`;
  return encodingsOfPages[page] ?? 'windows-1252';
}

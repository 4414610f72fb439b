const wide =
  /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff60]|\p{Extended_Pictographic}/gu;

/** Width of a text in average Latin letters: East Asian characters and pictures take two. */
export function widthOfText(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

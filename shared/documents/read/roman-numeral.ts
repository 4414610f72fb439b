/** In small letters, `xiv`; numbers that the Romans had no sign for, from 4000 on or below 1, are given in digits. */
export function romanNumeral(value: number): string {
  if (value < 1 || value > 3_999) return String(value);
  let rest = value;
  let text = '';
  for (const [size, numeral] of numerals) {
    const times = Math.floor(rest / size);
    text += numeral.repeat(times);
    rest -= times * size;
  }
  return text;
}

const numerals: readonly (readonly [size: number, numeral: string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** Words that mean about the same in office documents: each line is one meaning, its first word stands for it. */
const lines = [
  'deadline due',
  'termination terminate cancel cancellation',
  'fee price cost charge rent',
  'employees staff headcount workforce people',
  'manager head lead director responsible',
  'supplier vendor provider',
  'located location site office',
  'warranty guarantee',
  'begin start commence commencement starts begins',
  'monthly month',
  'insured insurance',
  'retention kept keep retained',
  'encryption encrypt encrypted',
];

const groups = lines.map((line) => line.split(' '));

/** Words of the same meaning, the word itself among them. */
export function wordsLike(word: string): readonly string[] {
  return groups.find((group) => group.includes(word)) ?? [word];
}

/** One word for all that mean the same. */
export function meaningOf(word: string): string {
  return wordsLike(word)[0] ?? word;
}

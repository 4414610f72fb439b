/** What a part of an instruction asks for: a workflow, or what none does. */
export type Wish =
  | { readonly kind: 'workflow'; readonly id: string }
  | { readonly kind: 'unserved'; readonly reason: 'acts-outside' | 'other-work' };

/** A part of an instruction, from one verb to the next, letter by letter. */
export interface Clause {
  readonly text: string;
  readonly wish: Wish;
}

const verbs: readonly (readonly [RegExp, Wish])[] = [
  [/\b(?:compare|redline|diff)\b|\bvergleich\p{L}*/giu, workflow('compare-contracts')],
  [/\btranslate\b|(?<!\p{L})übersetz\p{L}*/giu, workflow('translate')],
  [
    /\b(?:summari[sz]e|sum up|summary of)\b|\bfass\p{L}*|\bzusammenfass\p{L}*/giu,
    workflow('summarize'),
  ],
  [
    /\b(?:extract|tabulate|pull|list|table of)\b|\bextrahier\p{L}*|\btabelle (?:der|aller|mit)\b|\bliste\b/giu,
    workflow('extract-table'),
  ],
  [/\b(?:answer|fill in)\b|\bbeantwort\p{L}*|\bfülle?\b/giu, workflow('answer-questions')],
  [
    /\b(?:write|take|make|prepare)\b[^.;]{0,20}\bminutes\b|\bminutes of\b|\bprotokollier\p{L}*|\b(?:schreib\p{L}*|erstell\p{L}*)\b[^.;]{0,20}\bprotokoll\b/giu,
    workflow('minutes'),
  ],
  [
    /\b(?:book|send|e-?mail|buy|order|publish|post|call)\b|\b(?:buch|sende|schick|kauf|bestell|veröffentlich)\p{L}*/giu,
    { kind: 'unserved', reason: 'acts-outside' },
  ],
  [
    /\b(?:train|draw|paint|compose|code|program)\b|\b(?:trainier|zeichn|mal|komponier|programmier)e?\b/giu,
    { kind: 'unserved', reason: 'other-work' },
  ],
];

/** Splits an instruction at its verbs; none where it has none that is known. A workflow may also be named by its id. */
export function clausesOf(instruction: string, workflowIds: readonly string[]): Clause[] {
  const named = workflowIds.map(
    (id) => [new RegExp(`\\b${id.replace(/-/g, '[- ]')}\\b`, 'giu'), workflow(id)] as const,
  );
  const found = [...named, ...verbs]
    .flatMap(([pattern, wish]) =>
      [...instruction.matchAll(pattern)].map((match) => ({
        from: match.index,
        to: match.index + match[0].length,
        wish,
      })),
    )
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const starts = found.filter(({ from }, index) =>
    found.slice(0, index).every(({ to }) => to <= from),
  );
  return starts.map(({ from, wish }, index) => {
    const to = starts[index + 1]?.from ?? instruction.length;
    return { text: trimmed(instruction.slice(from, to)), wish };
  });
}

function workflow(id: string): Wish {
  return { kind: 'workflow', id };
}

/** Without the words that lead to the next part. */
function trimmed(text: string): string {
  return text.replace(
    /(?:[\s,.;:!]|\b(?:and|then|und|dann|danach|anschließend|bitte|please)\b)+$/iu,
    '',
  );
}

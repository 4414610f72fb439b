import type { TextOperation } from '#shared/domain/redline.ts';

const contextLength = 160;

/** A difference in one text: `[-what goes-]`, `{+what comes+}`, with the words around; long stretches that stay are cut. */
export function linesOfDifference(operations: readonly TextOperation[]): string {
  return operations
    .map(({ kind, text }, index) => {
      if (kind === 'delete') return `[-${text}-]`;
      if (kind === 'insert') return `{+${text}+}`;
      return cutKept(text, { isFirst: index === 0, isLast: index === operations.length - 1 });
    })
    .join('');
}

function cutKept(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  if (text.length <= contextLength * 2 + 10) return text;
  const head = isFirst ? '' : text.slice(0, contextLength);
  const tail = isLast ? '' : text.slice(-contextLength);
  return `${head} (…) ${tail}`.toWellFormed();
}

/** The beginning and the end of a long text. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)} (…) ${text.slice(-half)}`.toWellFormed();
}

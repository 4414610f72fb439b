import { type ElementSpan, spansOf, spliceText, textOfPart } from '../../splice.ts';
import type { TemplatePackage } from '../../template-package.ts';

const reference = /(<w:numId w:val=")(\d+)"/g;

/** Adds the lists that a piece of the report uses to the template's, and gives the piece with their new numbers. */
export function addNumbering(target: TemplatePackage, content: string, source: string): string {
  const used = new Set([...content.matchAll(reference)].map((match) => match[2] ?? ''));
  if (used.size === 0) return content;
  const part = target.file
    .relationshipsOf(target.mainPart)
    .find(({ type }) => type === 'numbering')?.target;
  const bytes = part === undefined ? undefined : target.file.read(part);
  if (part === undefined || bytes === undefined) {
    const name = target.freeName('word/numbering%.xml');
    const contentType =
      'application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml';
    target.add({ name, contentType, content: source });
    target.relate(target.mainPart, { type: 'numbering', target: name });
    return content;
  }
  const text = textOfPart(bytes);
  const lists = listsOf(text);
  const own = ownLists(source, used);
  const firstAbstract = highest(lists.definitions, 'w:abstractNumId') + 1;
  const firstNumber = highest(lists.numbers, 'w:numId') + 1;
  const newAbstract = new Map(
    own.definitions.map(({ id }, index) => [id, String(firstAbstract + index)]),
  );
  const newNumber = new Map(own.numbers.map(({ id }, index) => [id, String(firstNumber + index)]));
  const definitions = own.definitions.map(({ id, xml }) =>
    xml.replace(/w:abstractNumId="\d+"/, `w:abstractNumId="${newAbstract.get(id)}"`),
  );
  const numbers = own.numbers.map(({ id, xml }) =>
    xml
      .replace(/w:numId="\d+"/, `w:numId="${newNumber.get(id)}"`)
      .replace(
        /(<w:abstractNumId w:val=")(\d+)"/,
        (_, start, old) => `${start}${newAbstract.get(old)}"`,
      ),
  );
  const [root] = spansOf(text, (name) => name === 'w:numbering');
  if (root === undefined) return content;
  // Definitions before numbers, and both before what cleans up (ISO 29500-1, 17.9.16).
  const cleanup = spansOf(text, (name) => name === 'w:numIdMacAtCleanup')[0];
  const end = cleanup?.start ?? root.contentEnd;
  const middle = lists.numbers[0]?.start ?? end;
  target.replace(
    part,
    spliceText(text, [
      { start: middle, end: middle, text: definitions.join('') },
      { start: end, end, text: numbers.join('') },
    ]),
  );
  return content.replace(reference, (_, start, old) => `${start}${newNumber.get(old) ?? old}"`);
}

function listsOf(xml: string) {
  const spans = spansOf(xml, (name) => name === 'w:abstractNum' || name === 'w:num');
  return {
    definitions: spans.filter(({ name }) => name === 'w:abstractNum'),
    numbers: spans.filter(({ name }) => name === 'w:num'),
  };
}

interface OwnList {
  readonly id: string;
  readonly xml: string;
}

function ownLists(source: string, used: ReadonlySet<string>) {
  const lists = listsOf(source);
  // Attributes of later versions of Word need prefixes that the template may not have.
  const xmlOf = ({ start, end }: ElementSpan) =>
    source.slice(start, end).replace(/ w1\d:\w+="[^"]*"/g, '');
  const numbers = lists.numbers
    .map((span): OwnList => ({ id: span.attributes['w:numId'] ?? '', xml: xmlOf(span) }))
    .filter(({ id }) => used.has(id));
  const wanted = new Set(
    numbers.map(({ xml }) => /<w:abstractNumId w:val="(\d+)"/.exec(xml)?.[1] ?? ''),
  );
  const definitions = lists.definitions
    .map((span): OwnList => ({ id: span.attributes['w:abstractNumId'] ?? '', xml: xmlOf(span) }))
    .filter(({ id }) => wanted.has(id));
  return { numbers, definitions };
}

function highest(spans: readonly ElementSpan[], key: string): number {
  return spans.reduce((most, { attributes }) => Math.max(most, Number(attributes[key] ?? 0)), 0);
}

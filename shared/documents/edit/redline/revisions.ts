/** What a change of properties stands in, by its name. Its first child holds the properties as they were. */
export const propertyChanges: Readonly<Record<string, string>> = {
  'w:rPrChange': 'w:rPr',
  'w:pPrChange': 'w:pPr',
  'w:sectPrChange': 'w:sectPr',
  'w:tblPrChange': 'w:tblPr',
  'w:tblPrExChange': 'w:tblPrEx',
  'w:tblGridChange': 'w:tblGrid',
  'w:trPrChange': 'w:trPr',
  'w:tcPrChange': 'w:tcPr',
};

/** Elements that hold text, or mark a paragraph or row, as inserted. */
export const insertions: readonly string[] = ['w:ins', 'w:moveTo'];

/** The same for what is deleted. */
export const deletions: readonly string[] = ['w:del', 'w:moveFrom'];

/** Whether an element exists for a tracked change only. */
export function isRevision(name: string): boolean {
  return revisions.has(name) || Object.hasOwn(propertyChanges, name);
}

/** Marks of the extent of a change, which go with it. */
export function isRevisionRange(name: string): boolean {
  return /^w:(?:move(?:From|To)|customXml(?:Ins|Del|MoveFrom|MoveTo))Range(?:Start|End)$/.test(
    name,
  );
}

/** Marks that stand between blocks or runs and have no extent of their own. */
export function isRangeMark(name: string): boolean {
  return (
    /^w:(?:bookmark|commentRange|perm)(?:Start|End)$/.test(name) ||
    name === 'w:proofErr' ||
    isRevisionRange(name)
  );
}

const revisions: ReadonlySet<string> = new Set([
  ...insertions,
  ...deletions,
  ...['w:delText', 'w:delInstrText', 'w:numberingChange'],
  ...['w:cellIns', 'w:cellDel', 'w:cellMerge'],
  ...['moveFrom', 'moveTo', 'customXmlIns', 'customXmlDel'].flatMap(rangesOf),
  ...['customXmlMoveFrom', 'customXmlMoveTo'].flatMap(rangesOf),
]);

function rangesOf(name: string): string[] {
  return [`w:${name}RangeStart`, `w:${name}RangeEnd`];
}

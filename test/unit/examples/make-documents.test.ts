import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { parseXml, type XmlElement } from '#shared/documents/xml.ts';
import { openZip } from '#shared/documents/zip.ts';
import { makeExampleDocuments } from '../../../examples/make-documents.ts';
import { pdfPages } from '../../support/pdf-text.ts';
import { readNamed } from '../../support/read-transcript.ts';
import { convertToPdf, findSoffice } from '../../support/soffice.ts';

const names = ['annual-report.docx', 'service-contract.docx', 'field-study.pdf'] as const;

const PlantedFact = z.object({
  id: z.string(),
  kind: z.enum(['number', 'risk', 'decision', 'open-question', 'recommendation', 'finding']),
  text: z.string(),
  section: z.string(),
});
const PlantedFacts = z.object({
  'annual-report.docx': z.array(PlantedFact).min(15),
  'service-contract.docx': z.array(PlantedFact).min(8),
  'field-study.pdf': z.array(PlantedFact).min(8),
});

describe('makeExampleDocuments', () => {
  let folder = '';
  let facts: z.infer<typeof PlantedFacts>;
  const read = (run: string, name: string) => readFile(join(folder, run, name));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quire-examples-'));
    await makeExampleDocuments(join(folder, 'first'));
    await makeExampleDocuments(join(folder, 'second'));
    const json = await readFile(new URL('../../../examples/planted-facts.json', import.meta.url));
    facts = PlantedFacts.parse(JSON.parse(json.toString()));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it.each(names)('writes the same bytes of %s every time', async (name) => {
    const first = await read('first', name);

    expect(first.byteLength).toBeGreaterThan(10_000);
    expect(first.equals(await read('second', name))).toBe(true);
  });

  it.each([
    'repair-statement.pdf',
    'repair-ledger.xlsx',
    'repair-letter.docx',
    'handbook.docx',
    'glossary.csv',
    'meeting.vtt',
    'minutes-template.docx',
    'meeting.json',
  ])('writes the same bytes of %s every time, and a file that is read', async (name) => {
    const first = await read('first', name);
    const isInput = !name.endsWith('.json');

    expect(first.equals(await read('second', name))).toBe(true);
    if (isInput)
      expect((await readNamed(name, new Uint8Array(first))).units.length).toBeGreaterThan(3);
  });

  it.each(['annual-report.docx', 'service-contract.docx'] as const)(
    'has every planted sentence of %s in one paragraph below its heading',
    async (name) => {
      const paragraphs = paragraphsOf(await read('first', name));

      const places = facts[name].map((fact) => {
        const at = paragraphs.findIndex(({ text }) => text.includes(fact.text));
        const heading = paragraphs.slice(0, at).findLast(({ isHeading }) => isHeading);
        return { ...fact, section: at < 0 ? 'not in the document' : heading?.text };
      });

      expect(places).toEqual(facts[name]);
    },
  );

  it('has every planted sentence in the text of the paper, below its heading', async () => {
    const text = (await pdfPages(await read('first', 'field-study.pdf'))).join(' ');

    for (const fact of facts['field-study.pdf']) {
      expect(text).toContain(fact.text);
      expect(text.lastIndexOf(fact.section, text.indexOf(fact.text))).toBeGreaterThanOrEqual(0);
    }
  });

  it('has headings of three levels, lists, tables and footnotes in the report', async () => {
    const report = partOf(await read('first', 'annual-report.docx'), 'word/document.xml');
    const styles = find(report, 'w:pStyle').map(({ attributes }) => attributes['w:val']);

    for (const style of ['Title', 'Heading1', 'Heading2', 'Heading3', 'ListParagraph']) {
      expect(styles).toContain(style);
    }
    expect(find(report, 'w:tbl').length).toBeGreaterThanOrEqual(6);
    expect(find(report, 'w:footnoteReference').length).toBeGreaterThanOrEqual(5);
  });

  it('makes a paper of seven to nine pages', async () => {
    const pages = await pdfPages(await read('first', 'field-study.pdf'));

    expect(pages.length).toBeGreaterThanOrEqual(7);
    expect(pages.length).toBeLessThanOrEqual(9);
  });

  const soffice = findSoffice();
  const withSoffice = soffice === undefined ? it.skip : it;
  withSoffice(
    'makes a report of thirty pages or more (skipped where soffice is not installed)',
    async () => {
      const pdf = await convertToPdf(soffice ?? '', await read('first', 'annual-report.docx'));

      expect((await pdfPages(pdf)).length).toBeGreaterThanOrEqual(30);
    },
  );
});

function paragraphsOf(bytes: Uint8Array): { text: string; isHeading: boolean }[] {
  return find(partOf(bytes, 'word/document.xml'), 'w:p').map((paragraph) => ({
    text: find(paragraph, 'w:t')
      .map(({ text }) => text)
      .join(''),
    isHeading: find(paragraph, 'w:pStyle').some((style) =>
      style.attributes['w:val']?.startsWith('Heading'),
    ),
  }));
}

function partOf(bytes: Uint8Array, name: string): XmlElement {
  return parseXml(openZip(bytes).read(name) ?? new Uint8Array());
}

function find(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...find(child, name),
  ]);
}

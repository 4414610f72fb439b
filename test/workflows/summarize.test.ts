import { describe, expect, it } from '@jest/globals';
import type { CallSpec } from '#shared/domain/call.ts';
import { Citation } from '#shared/domain/citation.ts';
import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import { Report, type ReportBlock } from '#shared/domain/report.ts';
import { answerPrompt } from '#shared/simulator/answers/answer-prompt.ts';
import { findWorkflow, workflows } from '#shared/workflows/catalog.ts';
import { countWords } from '#shared/workflows/language.ts';
import { readPrompt } from '#shared/workflows/prompt.ts';
import type { SummarizeResult } from '#shared/workflows/summarize/report.ts';
import { NotesOutput, ReduceOutput, VerifyOutput } from '#shared/workflows/summarize/schemas.ts';
import { summarize } from '#shared/workflows/summarize/workflow.ts';
import { documentFromLines } from '../support/sample-documents.ts';
import { sampleReport } from '../support/sample-report.ts';
import { type Answerer, type DriverRun, driveWorkflow } from '../support/workflow-driver.ts';

const document = documentFromLines(sampleReport, { title: 'Annual operations review' });
const simulated: Answerer = (spec) => JSON.parse(answerPrompt(spec.messages).content);
const stageOf = (spec: CallSpec) => spec.callId.split('-')[0];
const simulatorTitle = providerProfiles.simulator.title;

function resultOf(run: DriverRun): SummarizeResult {
  return run.rendering.result as SummarizeResult;
}

function claimsOf(result: SummarizeResult) {
  return [...result.points, ...result.decisions, ...result.risks, ...result.openQuestions];
}

function noticesOf(run: DriverRun): string[] {
  return run.report.blocks.flatMap((block) => (block.kind === 'notice' ? block.text : []));
}

function headingsOf(blocks: readonly ReportBlock[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' ? block.text : []));
}

describe('summarize', () => {
  it('is in the catalog', () => {
    expect(workflows).toContain(summarize);
    expect(findWorkflow('summarize')).toBe(summarize);
    expect(findWorkflow('other')).toBeUndefined();
  });

  it('finds figures, decisions, risks and open questions', () => {
    const run = driveWorkflow(summarize, [document], { answer: simulated });
    const result = resultOf(run);

    expect(run.faults).toEqual([]);
    expect(result.points.map(({ text }) => text).join(' ')).toContain('94 percent');
    expect(result.decisions.map(({ text }) => text).join(' ')).toContain('EUR 97 million');
    expect(result.risks.map(({ text }) => text).join(' ')).toContain('shortage of train drivers');
    expect(result.openQuestions.map(({ text }) => text).join(' ')).toContain('hydrogen');
    expect(result.numbers).toContainEqual(
      expect.objectContaining({ label: 'Revenue', value: 'EUR 318 million' }),
    );
  });

  it('cites every claim with a quote that stands in the document', () => {
    const { rendering } = driveWorkflow(summarize, [document], { answer: simulated });
    const result = rendering.result as SummarizeResult;
    const ids = new Set(rendering.citations.map(({ id }) => id));

    expect(Report.parse(rendering.report)).toBeDefined();
    expect(rendering.citations.length).toBeGreaterThan(5);
    for (const claim of [...claimsOf(result), ...result.numbers]) {
      expect(claim.citations.length).toBeGreaterThan(0);
      expect(claim.citations.every((id) => ids.has(id))).toBe(true);
    }
    for (const citation of rendering.citations) {
      const unit = document.units.find(({ id }) => id === citation.unitId);
      expect(unit?.text).toContain(Citation.parse(citation).quote);
    }
  });

  it('quotes one cell of a table row', () => {
    const quotes = driveWorkflow(summarize, [document], {
      answer: simulated,
      params: { maxWords: 2_000 },
    }).rendering.citations.filter(({ unitId }) => unitId.endsWith('u11'));

    expect(quotes.length).toBeGreaterThan(0);
    expect(quotes.map(({ quote }) => quote).join()).not.toContain('|');
  });

  it.each([{ maxWords: 50 }, { maxWords: 120 }, { maxWords: 400 }])(
    'keeps to $maxWords words',
    ({ maxWords }) => {
      const run = driveWorkflow(summarize, [document], { answer: simulated, params: { maxWords } });
      const result = resultOf(run);
      const texts = [
        result.headline,
        ...claimsOf(result).map(({ text }) => text),
        ...result.numbers.map(({ label, value }) => `${label} ${value}`),
      ];

      expect(countWords(texts.join(' '))).toBeLessThanOrEqual(maxWords);
      expect(claimsOf(result).length).toBeGreaterThan(0);
    },
  );

  it('groups points under the headings of the document in style section', () => {
    const { report } = driveWorkflow(summarize, [document], {
      answer: simulated,
      params: { style: 'section' },
    });

    expect(headingsOf(report.blocks)).toEqual(
      expect.arrayContaining(['By section', '1. Summary of the year', '5. Outlook']),
    );
  });

  it('repeats the header row where a table goes on in another part', () => {
    const rows = Array.from(
      { length: 60 },
      (_, index) => `| Terminal ${index} | ${index}00 tonnes |`,
    );
    const table = documentFromLines(['# Tonnes', '| Terminal | Tonnes 2025 |', ...rows]);
    const run = driveWorkflow(summarize, [table], {
      answer: simulated,
      params: { chunkTokens: 200 },
    });
    const tags = run.outcomes
      .filter(({ spec }) => stageOf(spec) === 'notes')
      .map(({ spec }) => readPrompt(spec.messages)?.sections['units']?.map(({ tag }) => tag) ?? []);

    expect(tags.length).toBeGreaterThan(2);
    expect(tags[0]).toContain('d1.u2 table-header');
    for (const each of tags.slice(1)) expect(each[0]).toBe('header');
    expect(tags.flat().filter((tag) => tag === 'header')).toHaveLength(tags.length - 1);
  });

  it('says on the report when the simulator answered', () => {
    const run = driveWorkflow(summarize, [document], {
      answer: simulated,
      providerTitles: [simulatorTitle],
    });

    expect(noticesOf(run).join(' ')).toContain('No language model');
    expect(run.report.colophon.join(' ')).toContain(simulatorTitle);
    expect(run.report.colophon.join(' ')).not.toContain('MiniMax');
  });

  it('names the documents where there are several', () => {
    const other = documentFromLines(['Costs rose by 7 percent in Oslo.'], {
      position: 2,
      name: 'oslo.md',
    });
    const run = driveWorkflow(summarize, [document, other], {
      answer: simulated,
      params: { style: 'section' },
    });

    expect(run.report.title).toBe('Summary of 2 documents');
    expect(run.rendering.citations.map(({ documentName }) => documentName)).toContain('oslo.md');
  });
});

describe('summarize where calls fail', () => {
  const chunked = { chunkTokens: 200, maxWords: 1_000 };

  it('says which parts could not be read', () => {
    const run = driveWorkflow(summarize, [document], {
      params: chunked,
      answer: (spec) => (spec.callId === 'notes-0-00001' ? undefined : simulated(spec)),
    });

    expect(noticesOf(run).join(' ')).toMatch(/not complete: \d+ of 19 parts/);
    expect(claimsOf(resultOf(run)).length).toBeGreaterThan(0);
  });

  it('carries the notes on when every call of the reduce fails', () => {
    const run = driveWorkflow(summarize, [document], {
      params: chunked,
      answer: (spec) => (stageOf(spec) === 'reduce' ? undefined : simulated(spec)),
    });
    const notes = NotesOutput.parse(run.outputs.get('notes')).groups.flatMap((each) => each.notes);
    const verified = VerifyOutput.parse(run.outputs.get('verify'));

    expect(verified.points.length + verified.dropped.length).toBe(notes.length);
    expect(noticesOf(run).join(' ')).toContain('could not be merged');
  });

  it('loses no note of a reduce call that fails for good', () => {
    const lines = Array.from({ length: 120 }, (_, index) => [
      `## Part ${index + 1}`,
      `The plant number ${index + 1} produced ${1_000 + index} tonnes of cement in the last year, more than was ever planned for it by anybody in the whole group of companies that owns it.`,
    ]).flat();
    const long = documentFromLines(lines);
    const run = driveWorkflow(summarize, [long], {
      params: chunked,
      answer: (spec) => (/^reduce-\d+-00000$/.test(spec.callId) ? undefined : simulated(spec)),
    });
    const notes = NotesOutput.parse(run.outputs.get('notes')).groups.flatMap((each) => each.notes);
    const reduced = ReduceOutput.parse(run.outputs.get('reduce'));
    const kept = reduced.groups.flat().flatMap((finding) => finding.notes);

    expect(reduced.failedCalls).toBeGreaterThan(0);
    expect(kept.length + reduced.setAside).toBe(notes.length);
    expect(kept).toContain('n1');
  });

  it('shows the points unpolished when the last call fails', () => {
    const run = driveWorkflow(summarize, [document], {
      answer: (spec) => (stageOf(spec) === 'polish' ? undefined : simulated(spec)),
    });

    expect(noticesOf(run).join(' ')).toContain('shown as noted');
    expect(resultOf(run).points.length).toBeGreaterThanOrEqual(5);
    expect(resultOf(run).headlineCitations).toHaveLength(1);
  });

  it('delivers a summary without claims where nothing could be supported', () => {
    const run = driveWorkflow(summarize, [document], {
      answer: (spec) =>
        stageOf(spec) === 'notes' ? { notes: [], sectionSummary: '' } : simulated(spec),
    });

    expect(claimsOf(resultOf(run))).toEqual([]);
    expect(run.rendering.citations).toEqual([]);
    expect(run.faults.length).toBe(1);
  });
});

import { providerProfiles } from '#shared/domain/provider-profiles.ts';
import type { RenderContext } from './definition.ts';

const maxPlacesNamed = 5;

/**
 * What is missing from a result, for its first page: units that could not be read, other reasons why the task is PARTIAL, and pages without
 * text. `subject` begins the sentences, for example `This summary`. None where the result is whole.
 */
export function gapNotices(context: RenderContext, subject: string): string[] {
  return [...missingParts(context, subject), ...unreadParts(context, subject)];
}

/** That no model was asked, where none was; `what` says what a program did instead, without a full stop. */
export function simulatedNotices(context: RenderContext, what: string): string[] {
  if (!isSimulated(context)) return [];
  return [`${what}, as a demonstration. No language model has read the document.`];
}

/** Names of the documents with their pages, below the title of a report. */
export function subtitleOf({ documents }: RenderContext): { subtitle?: string } {
  const names = documents.map(({ name, pageCount }) => {
    if (pageCount === undefined) return name;
    return `${name}, ${pageCount} ${pageCount === 1 ? 'page' : 'pages'}`;
  });
  return names.length === 0 ? {} : { subtitle: names.join(' · ') };
}

/** Who wrote a result, for its small print; `simulated` says what a program did instead, without a full stop. */
export function answeredBy(context: RenderContext, simulated: string): string {
  const providers = context.providerTitles.join(', ');
  if (isSimulated(context)) return `Answered by ${providers}: ${simulated}.`;
  return `Written with MiniMax M2.7${providers === '' ? '' : ` through ${providers}`}.`;
}

/** The totals of the coverage ledger as a sentence. */
export function coverageSentence({ coverage }: RenderContext): string {
  const { units, used, skipped, failed } = coverage.totals;
  return `Of ${units} parts of the document, ${used} were read, ${skipped} skipped and ${failed} failed.`;
}

/** What the files hold besides their units, each remark once. */
export function documentRemarks({ coverage }: RenderContext): string[] {
  const warnings = coverage.documents.flatMap((document) => document.warnings);
  return [...new Set(warnings.map(({ message }) => message))];
}

function isSimulated({ providerTitles }: RenderContext): boolean {
  return providerTitles.includes(providerProfiles.simulator.title);
}

function missingParts({ coverage, reasons }: RenderContext, subject: string): string[] {
  const { units, failed } = coverage.totals;
  const codes = reasons.map(({ code }) => code).join(', ');
  if (failed === 0) {
    return reasons.length === 0
      ? []
      : [`${subject} is not complete: some of the questions to the model failed (${codes}).`];
  }
  const failedUnits = coverage.documents
    .flatMap((document) => document.units)
    .filter(({ state }) => state === 'failed');
  const places = [...new Set(failedUnits.map(({ place }) => place))];
  const more = places.length - maxPlacesNamed;
  const named = `${places.slice(0, maxPlacesNamed).join('; ')}${more > 0 ? `; and ${more} more places` : ''}`;
  return [
    `${subject} is not complete: ${failed} of ${units} parts of the document could not be read${codes === '' ? '' : ` (${codes})`}. Missing: ${named}. All missing parts are listed in coverage.json.`,
  ];
}

/** Content that was never text: a scanned page, for example. */
function unreadParts({ coverage }: RenderContext, subject: string): string[] {
  return coverage.documents.flatMap(({ name, warnings }) => {
    const pages = warnings.filter(({ code }) => code === 'page-without-text');
    const count = pages.reduce((sum, warning) => sum + warning.count, 0);
    if (count === 0) return [];
    const lowered = subject.charAt(0).toLowerCase() + subject.slice(1);
    return [
      `${count} ${count === 1 ? 'page' : 'pages'} of ${name} hold no text (a scan or a picture, perhaps) and are not part of ${lowered}.`,
    ];
  });
}

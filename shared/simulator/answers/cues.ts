import type { NoteKind } from '#shared/workflows/summarize/schemas.ts';
import { figureStrength } from './number-facts.ts';

const question =
  /\?\s*$|\b(?:remains? (?:open|unclear|unresolved|to be)|not (?:yet )?(?:been )?(?:decided|settled|resolved|known|clear)|undecided|unclear|unresolved|to be (?:determined|decided|clarified)|open question|no decision|yet to be|still open|tbd|offen|ungeklärt|noch nicht entschieden)\b/iu;
const decision =
  /(?<!\b(?:the|an|as)\s)\b(?:approved|approves|decided|decides|resolved|agreed|adopted|ratified|authori[sz]ed|signed|voted|awarded|beschlossen|genehmigt|entschieden|vereinbart)\b/iu;
const risk =
  /\b(?:risks?|threat(?:s|ens?|ened)?|exposures?|exposed|shortages?|vulnerab\w+|bottlenecks?|shortfalls?|insolven\w+|hazards?|non-compliance|stock-?outs?|dependen(?:t|ce|cy) on|single (?:supplier|source|point)|Risiko|Risiken|Engpass|Engpässe|gefährdet)\b/iu;
/** What goes wrong every day, and is a risk only where it may yet happen or has a size. */
const trouble =
  /\b(?:delay(?:s|ed)?|disrupt\w*|penalt(?:y|ies)|outages?|overruns?|failures?|breach(?:es)?|losses|Verzögerung\w*|Ausfall|Ausfälle)\b/iu;
const possible =
  /\b(?:may|might|could|would|if|unless|until|likely|expected|könnte\w*|würde\w*|falls)\b/iu;

const action =
  /\b(?:recommend\w*|must|should|will|plans? to|increase[sd]?|decrease[sd]?|rose|fell|grew|declin\w+|improv\w+|reduc\w+|requires?|need(?:s|ed)?|expect\w*|target\w*|deadline|propos\w+|empfiehlt|muss|müssen|soll|stieg|sank)\b/iu;
const emphasis =
  /\b(?:overall|in (?:summary|short|total)|conclu\w+|recommend\w*|expires?|most important|key|main|significant\w*|critical\w*|record|largest|highest|lowest|first time|insgesamt|wichtigste\w*)\b/iu;
/** Beginnings that point back to a sentence that the reader of a summary does not see. */
const dangling =
  /^(?:this|that|these|those|it(?!\s(?:remains|is|was|has (?:been|not)|will be|must be|should be)\s(?:\w+ly\s|not\s|still\s|yet\s|been\s)*(?:open|unclear|undecided|unknown|uncertain|likely|possible|necessary|important|essential|clear|recommended|planned|expected|estimated|proposed|decided|agreed|resolved|suggested|assumed)\b)|they|he|she|its|their|such|here|both|but|and|or|so|yet|which|the (?:latter|former|same|other)|as such|doing so|for (?:this|that|these) reasons?|dies\w*|es|sie|er|damit|dabei)\b/iu;
/** `Losing it would cost …`. */
const danglingObject = /^\p{L}+ing\s(?:it|them|this|these|him|her)\b/u;
const connective =
  /^(?:however|in addition|additionally|moreover|furthermore|therefore|consequently|as a result|finally|at the same time|meanwhile|nevertheless|nonetheless|in particular|also|thus|hence|on the other hand|by contrast|in contrast),\s+/iu;

/** What a sentence is about, by the words it uses. */
export function kindOf(sentence: string): NoteKind {
  if (question.test(sentence)) return 'question';
  if (decision.test(sentence)) return 'decision';
  const isTrouble =
    trouble.test(sentence) && (possible.test(sentence) || figureStrength(sentence) === 2);
  if (risk.test(sentence) || isTrouble) return 'risk';
  return figureStrength(sentence) > 0 ? 'number' : 'point';
}

/** How much its words make a sentence worth noting. */
export function cueScore(sentence: string): number {
  const kind = kindOf(sentence);
  const isSpecial = kind === 'question' || kind === 'decision' || kind === 'risk';
  return (
    (isSpecial ? 2 : 0) +
    figureStrength(sentence) * 1.1 +
    (action.test(sentence) ? 0.6 : 0) +
    (emphasis.test(sentence) ? 0.8 : 0)
  );
}

export function isDangling(sentence: string): boolean {
  const rest = sentence.replace(connective, '');
  return dangling.test(rest) || danglingObject.test(rest);
}

/** The sentence as it can stand alone: without the word that ties it to the one before. */
export function standAlone(sentence: string): string {
  const rest = sentence.replace(connective, '');
  return rest.slice(0, 1).toUpperCase() + rest.slice(1);
}

import type { Span } from '../quotes.ts';
import type { Turn } from './schemas.ts';
import { splitSentenceSpans } from './sentence-spans.ts';
import type { TurnTexts } from './turn-text.ts';

/** A sentence that sounds like a decision or an action by its words. The model must note it or say why not, so that none is lost unseen. */
export interface Signal {
  /** Turn and sentence: `t12.2`. */
  readonly id: string;
  readonly turn: string;
  /** Characters of the turn's text. */
  readonly span: Span;
}

const name = String.raw`\p{Lu}[\p{L}'’-]+`;
const englishVerbs =
  'send|share|draft|write|prepare|set|call|check|review|update|circulate|book|schedule|file|submit|finali[sz]e|finish|complete|deliver|create|organi[sz]e|arrange|contact|ask|talk|speak|follow|look|get|take|make|do|own|handle|provide|confirm|publish|fix|test|order|sign|move|present|forward|email|ping|run|put|bring|collect|compile|clean|close|open|invite|hire|negotiate|investigate|chase|document|report|upload|pick|reach|sort|add|deal|drive|lead|revise|translate|verify|migrate|deploy|release|pay|invoice|renew|cancel|work|rework|have|come|let|start';

const signals: readonly RegExp[] = [
  // Someone commits to something.
  new RegExp(
    String.raw`\b(?:I['’]ll|I will|I shall|I['’]m going to|I am going to|we['’]ll|we will|let me|I can|I could)\s+(?:\w+ly\s|then\s|also\s|just\s)?(?:${englishVerbs})\b`,
    'iu',
  ),
  new RegExp(
    String.raw`\b${name}(?:['’]ll| will| shall| is going to| is to| takes| owns| has to| needs to| must| should)\b(?! be (?:nice|great|fine|good|interesting))`,
    'u',
  ),
  new RegExp(
    String.raw`\b(?:can|could|would|will) (?:you|${name}|someone|somebody|one of you)(?: please)? (?:\w+ly\s)?(?:${englishVerbs})\b`,
    'iu',
  ),
  new RegExp(String.raw`\bplease (?:${englishVerbs})\b`, 'iu'),
  /\b(?:action(?: item| point)?s?\s?(?::|for|on|is)|to-?dos?\s?(?::|for|is)|(?:that|this|it)['’]?s on me|leave (?:it|that|this) (?:with|to) me|on (?:it|my list)|(?:owner|due|deadline)\s?(?::|is)|assigned to|responsible for|takes? (?:care of|over|on)|volunteers?)/iu,
  /\b(?:by|until|before|due|no later than) (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bby (?:the end|end|tomorrow|next|this|noon|close|eod|q[1-4]|the \d|\d|(?:jan|febr)uary|march|april|may \d|june|july|august|(?:septem|octo|novem|decem)ber)\b/iu,
  /\b(?:no|sorry|actually|correction|scratch that|wait)\b.{0,40}\b(?:make (?:it|that)|not|rather|instead|should be|by|the \d)/iu,
  // Something is decided.
  /\b(?:decid(?:ed?|ing)|decision|agree[ds]?|agreement|resolv(?:ed|es)|approv(?:ed?|al|es)|adopt(?:ed|s)|signed off|settled|unanimous\w*|carried|motion|vote[ds]?|go(?:ing)? (?:with|ahead)|(?:stick|stay)(?:ing)? with|it is settled|final(?:ly)? it['’]?s|so it['’]?s|postpone[ds]?|reject(?:ed|s)?|call(?:ed|ing)? off)\b/iu,
  // The same in German.
  /\b(?:übern[ei]hm\w*|kümmer\w*|erledig\w*|mach(?:e|t|st)? (?:ich|das|es|bis)|ich (?:mache|schicke|sende|schreibe|prüfe|kläre|erstelle|bereite|rufe|organisiere|liefere|buche|bestelle|frage|hole|lade|aktualisiere|stelle|bringe|werde|sorge|spreche)|werde ich|schick(?:e|t|st) ich|(?:kannst|könntest|würdest) du|(?:könnten|können|würden) Sie|bitte\b.{1,80}|Aufgabe[n]?|To-?dos?|verantwortlich|zuständig)(?=$|[^\p{L}])/iu,
  new RegExp(
    String.raw`(?:^|[^\p{L}])${name} (?:wird|soll|muss|schickt|sendet|schreibt|prüft|klärt|erstellt|bereitet|macht|organisiert|liefert|bucht|bestellt|fragt|holt|lädt|aktualisiert|stellt|bringt|sorgt|spricht|ruft)(?=[^\p{L}]|$)`,
    'u',
  ),
  /\bbis (?:zum|ende|mitte|anfang|morgen|übermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|nächste\w*|kommende\w*|diese\w*|heute|spätestens|\d)/iu,
  /(?:^|[^\p{L}])(?:beschl[ioö]\w*|beschluss\w*|entschied\w*|entscheid\w*|einig\w*|vereinbar\w*|genehmig\w*|verabschied\w*|angenommen|abgelehnt|verschoben|verschieben|festgelegt|wir nehmen|wir bleiben bei|wir machen das so|dabei bleibt es|(?:nein|doch|Korrektur|stopp)\b.{0,40}(?:lieber|erst|sondern|besser|bis|am \d))/iu,
];

/** Signals of a turn, in order. */
export function signalsIn(turn: Turn, texts: TurnTexts): Signal[] {
  if (turn.isFiller === true) return [];
  const text = texts.textOf(turn);
  return splitSentenceSpans(text).flatMap((span, index): Signal[] => {
    const sentence = text.slice(span.from, span.to);
    const isSignal = signals.some((signal) => signal.test(sentence));
    return isSignal ? [{ id: `${turn.id}.${index + 1}`, turn: turn.id, span }] : [];
  });
}

/** Whether a quote covers a sentence: they share at least half of the shorter. */
export function covers(quote: Span, sentence: Span): boolean {
  const shared = Math.min(quote.to, sentence.to) - Math.max(quote.from, sentence.from);
  const shorter = Math.min(quote.to - quote.from, sentence.to - sentence.from);
  return shared * 2 >= shorter;
}

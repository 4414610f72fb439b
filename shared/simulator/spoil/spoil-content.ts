import type { FaultName } from '../fault-names.ts';
import { inventQuote } from './invented-quote.ts';
import { inventRecord } from './invented-record.ts';
import { dropAnswer, inventAnswer } from './wrong-answer.ts';
import { wrongDue, wrongOwner } from './wrong-commitment.ts';
import { addUnknownIds, dropItems, wrongNumber } from './wrong-json.ts';
import { inventRule, playDown } from './wrong-judgement.ts';
import { wrongPlan } from './wrong-plan.ts';
import { breakTags, wrongTerm } from './wrong-translation.ts';

/** What was asked, for faults that need to know it. */
type Asked = readonly { readonly role: string; readonly content: string }[];

const spoilers: Partial<Record<FaultName, (content: string, asked: Asked) => string>> = {
  'bad-json': () => 'Certainly! Here is what I found in the text, in my own words.',
  'cut-json': (content) => content.slice(0, Math.floor(content.length / 2)),
  'prose-around': (content) =>
    `Here is the answer that you asked for:\n\n${content}\n\nLet me know if I can help with anything else.`,
  fence: (content) => `\`\`\`json\n${content}\n\`\`\``,
  'wrong-schema': (content) => JSON.stringify({ result: { answer: content }, confidence: 0.9 }),
  'missing-ids': dropItems,
  'extra-ids': addUnknownIds,
  'wrong-number': wrongNumber,
  'invented-quote': (content, asked) => inventRecord(inventQuote(content), asked),
  'invented-answer': inventAnswer,
  'dropped-answer': dropAnswer,
  'broken-tags': breakTags,
  'wrong-term': wrongTerm,
  'wrong-owner': wrongOwner,
  'wrong-due': wrongDue,
  'played-down': playDown,
  'invented-rule': inventRule,
  'wrong-plan': wrongPlan,
  'tool-xml': () =>
    '<minimax:tool_call>\n<invoke name="search">\n<parameter name="query">figures of the report</parameter>\n</invoke>\n</minimax:tool_call>',
  refusal: () => 'I cannot help with this.',
  empty: () => '',
};

/** What an answer says when this fault is in it; any other fault leaves it as it is. */
export function spoilContent(
  content: string,
  fault: FaultName | undefined,
  asked: Asked = [],
): string {
  const spoiler = fault === undefined ? undefined : spoilers[fault];
  return spoiler === undefined ? content : spoiler(content, asked);
}

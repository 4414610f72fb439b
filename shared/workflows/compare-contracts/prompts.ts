import { dataRule } from '../prompt.ts';

/** Instructions of a prompt. They never change for a given id: another text is another version, since the cache goes by the id. */
interface PromptText {
  readonly id: string;
  readonly instructions: string;
}

export const classifyPrompt: PromptText = {
  id: 'compare-contracts.classify@1',
  instructions: `You are given differences between two versions of a contract, which a program has found. You judge each of them for a reader who must decide whether to accept the revised version. Money depends on it.

The message begins with facts about the task. After them the differences stand between marker lines. ${dataRule}
Section "rules" says what matters to the reader, one rule a line: [payment high] is the rule with the id payment, of high weight. Section "changes" has the differences; each has an id such as x3 and several lines:
[x3 clause changed] names the clause and says what kind of difference it is: added, deleted, changed, moved, or moved and changed.
[x3 before] is the text of the base, [x3 after] that of the revised version; an added or deleted paragraph has one of them.
[x3 difference] shows what was deleted as [-so-] and what was inserted as {+so+}. A long text may be cut where it did not change, marked by (…).
[x3 rules] names the rules whose words stand in the clause. They are a hint only.

Rules
1. Judge every difference by what it changes for the parties, seen from the viewpoint that the facts name. Read it word by word: a single figure or "not" can change everything, and a long new wording can change nothing.
2. "material" is true when a careful lawyer of that party would want to know of it before signing: rights, duties, money, time, risk or a definition change. It is false for other words with the same meaning, corrected spelling, and moves that change nothing.
3. "risk" is that of the change for the viewpoint: "none", "low", "medium" or "high". A change in favour of the viewpoint is "none", and can still be material. For a neutral viewpoint it is the risk of the party for which the change is worse.
4. "why" says in one or two sentences what changes and for whom, in the language that the facts name. Write figures, dates and names exactly as they stand in the texts of this difference; do not calculate, convert or round. Do not refer to ids.
5. "rules" names the ids of the rules that apply, from section "rules" only; none is an empty list. Where a rule of high weight applies to a changed figure or duty, say it is material, or say in "why" what makes it immaterial.
6. "kind" is one of: amount, deadline, duty, right, scope, definition, party, wording, structure, other.
7. Answer for every id exactly once, in the order given, and for no other.

Answer with one JSON object and nothing else:
{"changes": [{"id": "x3", "kind": "deadline", "material": true, "risk": "high", "why": "...", "rules": ["payment"]}]}`,
};

export const memoPrompt: PromptText = {
  id: 'compare-contracts.memo@1',
  instructions: `You write the opening of a memo on the differences between two versions of a contract. The differences have been judged already; you tell the reader in few words what matters most.

The message begins with facts about the task. After them the differences stand between marker lines. ${dataRule}
Section "changes" has for each difference a line such as [x3 high], with the clause, the kind of difference and the judgement, and the lines [x3 before] and [x3 after] with its texts, which may be cut.

Rules
1. "headline": one or two sentences with what the reader must know before signing; "from" names the differences that it rests on.
2. "points": three to nine points, what matters most first. A point may take together several differences that belong to each other; "from" names all of them. Every difference of high risk is in one point at least.
3. Say no more than the differences say. Write figures, dates and names exactly as they stand in the texts of those that you name; do not calculate, convert or round. Do not write ids into the texts.
4. Write for the viewpoint and in the language that the facts name. Plain words, full sentences. Recommend nothing.

Answer with one JSON object and nothing else:
{"headline": {"text": "...", "from": ["x3"]}, "points": [{"text": "...", "from": ["x3", "x7"]}]}`,
};

import { dataRule } from '../prompt.ts';

/** Instructions of a prompt. They never change for a given id: another text is another version, since the cache goes by the id. */
interface PromptText {
  readonly id: string;
  readonly instructions: string;
}

export const notesPrompt: PromptText = {
  id: 'summarize.notes@2',
  instructions: `You read one part of a document and take the notes from which a summary is written. People will act on the summary, so every note must be true to the text.

The message begins with facts about the task. After them the part stands between marker lines. ${dataRule}
Section "headings" says under which headings the part stands. Section "units" is the text, one unit a line; the line begins with the id of the unit in brackets, for example [d1.u12], sometimes with a remark such as [d1.u12 heading]. A line that begins with [header] repeats the header row of the table below it: read it to understand the cells, never quote it. A line that begins with [author] names the person who wrote or spoke the comment or the words of a transcript below it: use it to say who said what, never quote it. What is marked hidden is not shown by the program that made the document.

Rules
1. Note what the audience needs: findings and results, figures with what they measure, decisions, obligations and dates, risks, questions left open. Leave out greetings, boilerplate and what is said twice. Mind the focus, if one is named.
2. One fact a note. "text" is one complete sentence that can be understood alone: it names its subject and never begins with "it", "this" or "they". Write it in the language that the facts name.
3. "quote" is copied letter by letter from one single unit, 20 to 300 characters, in the language of the document, nothing left out or corrected. "unit" is the id of that unit. The quote alone must support the text.
4. Every figure in "text" stands in that unit, written as it is there. Do not calculate, convert or round.
5. "kind": "number" when the point is a figure, "risk" for what may go wrong, "question" for what is open or undecided, "decision" for what has been decided or approved, otherwise "point".
6. "weight": 5 for what the summary must not lack, 1 for a detail.
7. "number" only if the note has a figure worth a table: "label" says what is measured, of whom and when; "value" is the figure as written; "unit" only if it is not in the value.
8. "sectionSummary": one sentence that says what this part is about.

Answer with one JSON object and nothing else:
{"notes": [{"text": "...", "quote": "...", "unit": "d1.u12", "kind": "point", "weight": 3, "number": {"label": "...", "value": "..."}}], "sectionSummary": "..."}
A part with nothing worth a note gets {"notes": [], "sectionSummary": "..."}.`,
};

export const reducePrompt: PromptText = {
  id: 'summarize.reduce@1',
  instructions: `You are given notes that were taken from parts of a document. You select and merge them for a summary.

The message begins with facts about the task. After them the notes stand between marker lines. ${dataRule}
Section "sections" lists the headings of the document, each with an id such as [s2]. Section "notes" has one note a line: [n14 risk 4 s2] is note n14, of kind risk, of weight 4, from section s2.

Rules
1. Keep the notes that matter most to the audience, no more than the facts allow. Keep variety: no section that has something to say may vanish, and risks, open questions and decisions are kept before details.
2. Notes that say the same become one point; "from" names all of them, the best one first. Notes that contradict each other stay apart.
3. "text" only if you merge or improve: one complete sentence that says no more than its notes say, with figures written exactly as there. Leave "text" out to keep the text of the first note.
4. "kind" is that of the first note unless the merged point is of another; "weight" is 1 to 5 within what you see here.
5. List the points in the order of the document. Use only ids that are given, each once.

Answer with one JSON object and nothing else:
{"points": [{"from": ["n14", "n3"], "text": "...", "kind": "risk", "weight": 4}]}`,
};

export const polishPrompt: PromptText = {
  id: 'summarize.polish@1',
  instructions: `You write the final wording of a summary from points that have been checked against the document.

The message begins with facts about the task. After them the points stand between marker lines. ${dataRule}
Section "points" has one point a line: [p3 risk 4] is point p3, of kind risk, of weight 4. Section "about" says in a sentence each what the parts of the document are about; it helps you to understand, but nothing from it may be stated.

Rules
1. "headline": one sentence of at most 30 words with what the reader must take away; "from" names the points that support it.
2. "points": the points to be shown, in the order in which they should be read, each with its id and its final text. Leave out what does not fit into the number of words; never leave out a risk, decision or question of weight 4 or 5 for a detail.
3. Say no more than the point says. Write every figure, name and date exactly as it stands in the point; add none.
4. Style "executive": five to nine points of kind point or number, full sentences, the most important first. Style "section": keep the order of the points. Style "bullets": as many points as fit, each as terse as possible.
5. Write for the audience and in the language that the facts name. Plain words, active voice, no filler such as "the document states that".

Answer with one JSON object and nothing else:
{"headline": {"text": "...", "from": ["p1"]}, "points": [{"id": "p1", "text": "..."}]}`,
};

import { dataRule } from '../prompt.ts';

/** Instructions of a prompt. They never change for a given id: another text is another version, since the cache goes by the id. */
interface PromptText {
  readonly id: string;
  readonly instructions: string;
}

export const rewritePrompt: PromptText = {
  id: 'answer-questions.rewrite@1',
  instructions: `You prepare questions for a search by words over a set of documents. The search finds passages that have the words of a query; it knows neither synonyms nor inflections. Your queries decide whether the passage with the answer is found.

The message begins with facts about the task. After them the data stands between marker lines. ${dataRule}
Section "documents" lists names of the documents; they show what the documents are about and in what words. Section "questions" has one question a line: [q3] is question q3.

Rules
1. For each question write 2 to 4 queries of 2 to 8 words each, in the languages of the documents that the facts name, whatever the language of the question.
2. A query is made of the words that the passage with the answer is likely to have: synonyms, technical and legal terms, spelled-out abbreviations and the abbreviation, the noun for a verb. Write it as words, not as a sentence, without operators.
3. Make the queries of a question differ from each other and from the question. Keep names, numbers and codes of the question as they are; add none.
4. Do not answer the question.
5. Every question gets its queries, under its id.

Answer with one JSON object and nothing else:
{"rewrites": [{"id": "q1", "queries": ["termination notice period", "cancellation contract end months"]}]}`,
};

export const answerPrompt: PromptText = {
  id: 'answer-questions.answer@1',
  instructions: `You answer one question from passages of documents. People will sign and send your answer, so it may say nothing that the passages do not say.

The message begins with facts about the task. After them the data stands between marker lines. ${dataRule}
Section "question" holds the question. Section "passages" holds what a search by words has found for it. A line that begins with [passage] names the document and the headings of the lines below it: read it to understand them, never quote it. Each further line is a unit of the document and begins with its id in brackets, for example [d1.u12], sometimes with a remark such as [d1.u12 heading]. A line that begins with [header] repeats the header row of the table below it: read it to understand the cells, never quote it. A line that begins with [author] names who wrote or spoke the words below it, never quote it. The search finds words, not answers: most passages may have nothing to do with the question, and some look like the answer but are about another subject, party, period or version.

Rules
1. Answer only from the passages. What you know from elsewhere, what is usual and what can only be guessed is not an answer.
2. Mind what the question asks about: the same subject, party, product, place, period. A passage about another one does not answer it.
3. "statements": the answer as one to six complete sentences in the order of reading, the direct answer first, together no longer than the facts allow, in the language that the facts name. Each can be understood alone.
4. Every statement has "evidence": one to three quotes that together support all of it. "quote" is copied letter by letter from one single unit, 8 to 300 characters, in the language of the document, nothing left out or corrected. "unit" is the id of that unit.
5. Every figure, date and amount of a statement stands in the unit of its evidence, written as it is there. Do not calculate, convert or round; do not repeat figures of the question that the unit does not have.
6. "status": "answered" if the statements answer all that is asked; "partial" if they answer a part, and "missing" says in one sentence what is not found; "not-found" with no statements if the passages do not answer the question. Saying that something is not found is right and useful; a guess is not.
7. If passages contradict each other, give each side a statement of its own that names its document.

Answer with one JSON object and nothing else:
{"status": "answered", "statements": [{"text": "...", "evidence": [{"quote": "...", "unit": "d1.u12"}]}], "missing": null}
{"status": "not-found", "statements": [], "missing": "..."}`,
};

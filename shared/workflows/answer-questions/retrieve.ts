import type { CodeStage, StageContext } from '../definition.ts';
import { AnswerQuestionsParams } from './params.ts';
import { passagesOf } from './passages.ts';
import { askedOf, questionsOf } from './question-list.ts';
import { type RetrieveOutput, RewriteOutput } from './schemas.ts';
import { createSearchIndex } from './search-index.ts';

/** A second look may go this much further down the list than the first. */
export const widening = 3;
/** Beyond these, a passage has hardly a word of the query. */
const passagesPerQuery = 100;
/** As usual with reciprocal rank fusion: how much the first ranks differ from those behind them. */
const rankOffset = 60;

/** Searches all documents with each question and its rewrites; what many of them find stands first (reciprocal rank fusion). */
export const retrieveStage: CodeStage = {
  kind: 'code',
  name: 'retrieve',
  title: 'Searching the documents',
  run(context) {
    const { topK } = AnswerQuestionsParams.parse(context.params);
    const list = questionsOf(context);
    const passages = passagesOf(list.library);
    const index = createSearchIndex(context, passages);
    const ranked: RetrieveOutput['ranked'] = {};
    for (const { id, text } of askedOf(list)) {
      const queries = [text, ...queriesFor(context, id)];
      const results = queries.map((query) => index.search(query, passagesPerQuery));
      ranked[id] = fuse(results).slice(0, topK * widening);
    }
    return { passages: passages.length, ranked } satisfies RetrieveOutput;
  },
};

function queriesFor(context: StageContext, questionId: string): readonly string[] {
  return RewriteOutput.safeParse(context.earlier('rewrite')).data?.queries[questionId] ?? [];
}

/** One order of several; what is equal stays in the order of the documents. */
export function fuse(results: readonly (readonly number[])[]): number[] {
  const scores = new Map<number, number>();
  for (const result of results) {
    for (const [rank, passage] of result.entries()) {
      scores.set(passage, (scores.get(passage) ?? 0) + 1 / (rankOffset + rank + 1));
    }
  }
  return [...scores]
    .toSorted((left, right) => right[1] - left[1] || left[0] - right[0])
    .map(([passage]) => passage);
}

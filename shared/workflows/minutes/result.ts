import { type CitationList, createCitationList } from '../citation-list.ts';
import type { RenderContext } from '../definition.ts';
import type { Evidence } from '../evidence.ts';
import { inputsOf } from './inputs.ts';
import { labelsOf } from './labels.ts';
import { MinutesParams } from './params.ts';
import { createPeople } from './people.ts';
import { meetingDateOf } from './resolve.ts';
import {
  ComposeOutput,
  DedupeOutput,
  type Item,
  type Owner,
  type Passage,
  ResolveOutput,
  type Topic,
} from './schemas.ts';
import { createTurnTexts, type TurnTexts } from './turn-text.ts';
import { turnsOf } from './turns.ts';

/** A statement with its place in the transcript. */
export interface Cited {
  readonly text: string;
  readonly citations: readonly string[];
  /** The words of the transcript, where it spans several cues those of all. */
  readonly quote: string;
  readonly time: string;
}

export interface MinutedDecision extends Cited {
  readonly topic: string;
  readonly remarks: readonly string[];
  readonly isWithdrawn: boolean;
}

export interface MinutedAction extends MinutedDecision {
  readonly owner: string;
  readonly ownerSaid: string;
  readonly ownerStatus: Owner['status'];
  /** ISO 8601; empty where no day can be told. */
  readonly due: string;
  readonly dueSaid: string;
  readonly dueStatus: Item['due']['status'];
}

export interface MinutedTopic {
  readonly title: string;
  readonly isOnAgenda: boolean;
  readonly summary: string;
  readonly summaryCitations: readonly string[];
  readonly points: readonly Cited[];
}

/** Content of `result.json`. */
export interface MinutesResult {
  readonly title: string;
  readonly date: string;
  readonly isDateAssumed: boolean;
  readonly attendees: readonly string[];
  readonly uninvited: readonly string[];
  readonly silent: readonly string[];
  readonly decisions: readonly MinutedDecision[];
  readonly actions: readonly MinutedAction[];
  readonly openQuestions: readonly Cited[];
  readonly topics: readonly MinutedTopic[];
  /** Sentences that sound like a decision or an action and of which the model said nothing. */
  readonly unaccounted: readonly Cited[];
  /** Sentences that sound like one and that the model says are none, with its reasons. */
  readonly passedOver: readonly (Omit<Cited, 'text' | 'citations'> & { readonly reason: string })[];
  /** Claims that were left out because their quote or figures are not in the transcript. */
  readonly dropped: number;
  /** Notes that said what another one says. */
  readonly merged: number;
}

export interface MinutesContent {
  readonly params: MinutesParams;
  readonly result: MinutesResult;
  readonly language: string;
  readonly citations: CitationList;
  readonly isComposed: boolean;
}

/** Gathers what the minutes say. Every statement carries the citations that code has verified. */
export function gatherResult(context: RenderContext, language: string): MinutesContent {
  const params = MinutesParams.parse(context.params);
  const { turns } = turnsOf(context);
  const texts = createTurnTexts(context, turns);
  const people = createPeople(params.attendees, turns);
  const { date, isAssumed } = meetingDateOf(context);
  const resolved = ResolveOutput.parse(context.earlier('resolve'));
  const { items, topics, merged } = DedupeOutput.parse(context.earlier('dedupe'));
  const composed = ComposeOutput.safeParse(context.earlier('compose')).data;
  const citations = createCitationList(context);
  const write = createWriter({ context, texts, citations, topics });
  const of = (kind: Item['kind']) => items.filter((item) => item.kind === kind);
  const decisions = of('decision').map(write.decision);
  const actions = of('action').map(write.action);
  const result: MinutesResult = {
    title: titleOf(context, params, language),
    date,
    isDateAssumed: isAssumed,
    attendees: people.present,
    uninvited: people.uninvited,
    silent: people.silent,
    decisions,
    actions,
    topics: topics.map((topic) => write.topic(topic, items, composed)),
    openQuestions: of('question').map(write.cited),
    unaccounted: resolved.unaccounted.map((place) => write.unaccounted(place)),
    passedOver: resolved.passedOver.map(({ evidence, turn, at, reason }) => ({
      quote: quoteOf(evidence),
      time: write.time(turn, at),
      reason,
    })),
    dropped: resolved.dropped.length,
    merged,
  };
  return { params, result, language, citations, isComposed: composed !== undefined };
}

interface Writing {
  readonly context: RenderContext;
  readonly texts: TurnTexts;
  readonly citations: CitationList;
  readonly topics: readonly Topic[];
}

function createWriter({ context, texts, citations, topics }: Writing) {
  const { transcripts } = inputsOf(context);
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  const time = (turnId: string, at: number) => {
    const turn = texts.turn(turnId);
    if (turn === undefined) return '';
    const part = transcripts.find(({ id }) => turn.unitIds[0]?.startsWith(`${id}.`));
    const place = texts.timeOf(turn, at);
    // Every part of a meeting counts its time from its own beginning.
    return transcripts.length > 1 ? `${part?.name ?? ''}, ${place}` : place;
  };
  const cited = (item: Item): Cited => ({
    text: item.text,
    citations: citations.cite(item.evidence, item.text),
    quote: quoteOf(item.evidence),
    time: time(item.turn, item.at),
  });
  const decision = (item: Item): MinutedDecision => ({
    ...cited(item),
    topic: titles.get(item.topic) ?? '',
    remarks: item.remarks,
    isWithdrawn: item.isWithdrawn,
  });
  return {
    time,
    cited,
    decision,
    action: (item: Item): MinutedAction => ({
      ...decision(item),
      owner: item.owner.names.join(', '),
      ownerSaid: item.owner.said,
      ownerStatus: item.owner.status,
      due: item.due.date ?? '',
      dueSaid: item.due.said,
      dueStatus: item.due.status,
      remarks: [item.owner.remark, item.due.remark, ...item.remarks].flatMap((each) => each ?? []),
    }),
    unaccounted: ({ evidence, turn, at }: Passage): Cited => ({
      text: quoteOf(evidence),
      citations: citations.cite(evidence, 'Not accounted for by the model.'),
      quote: quoteOf(evidence),
      time: time(turn, at),
    }),
    topic(topic: Topic, items: readonly Item[], composed: ComposeOutput | undefined): MinutedTopic {
      const own = items.filter((item) => item.topic === topic.id);
      const words = composed?.topics.find(({ id }) => id === topic.id);
      const used = own.filter(({ id }) => words?.from.includes(id));
      const evidence = used.flatMap((item) => item.evidence.slice(0, 1)).slice(0, 4);
      return {
        title: topic.isOnAgenda ? topic.title : (words?.title ?? topic.title),
        isOnAgenda: topic.isOnAgenda,
        summary: words?.summary ?? '',
        summaryCitations: words === undefined ? [] : citations.cite(evidence, words.summary),
        points: own.filter(({ kind }) => kind === 'point').map(cited),
      };
    },
  };
}

function quoteOf(evidence: readonly Evidence[]): string {
  return evidence.map(({ quote }) => quote).join(' ');
}

function titleOf(context: RenderContext, { title }: MinutesParams, language: string): string {
  if (title !== undefined) return title;
  const [first] = inputsOf(context).transcripts;
  const name = first?.title ?? first?.name.replace(/\.[^.]+$/, '') ?? '';
  return labelsOf(language).minutesOf(name);
}

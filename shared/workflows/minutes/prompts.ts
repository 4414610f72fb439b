import { dataRule } from '../prompt.ts';

/** Instructions of a prompt. They never change for a given id: another text is another version, since the cache goes by the id. */
interface PromptText {
  readonly id: string;
  readonly instructions: string;
}

export const notesPrompt: PromptText = {
  id: 'minutes.notes@1',
  instructions: `You read one part of the transcript of a meeting and take the notes from which the minutes are written. People will act on the minutes, so every note must be true to what was said.

The message begins with facts about the task. After them the part stands between marker lines. ${dataRule}
Section "agenda" lists the points of the agenda with their ids, for example [a2]. Section "before" and section "after" are what was said around the part: read them to understand it, and take no notes of them. Section "turns" is the part: each line is what one person said, for example [t12 Anna Meyer], with the id of the turn and the speaker; [t12] alone if the speaker is not known. Section "signals" lists sentences of the part that may be a decision or an action, each with its id, for example [t12.2].

Rules
1. "kind": "decision" for what was decided or agreed, "action" for what a person or a group is to do, "question" for what stays open, "point" for what else the minutes need: reports, arguments, results, figures. No small talk. What was only considered, offered without being accepted, or said to be undecided is neither a decision nor an action.
2. One thing a note: two actions in one sentence are two notes. "text" is one complete sentence that can be understood alone, in the language that the facts name. For an action it says the task, without its owner and its date.
3. "quote" is copied letter by letter from one single turn, 15 to 400 characters, nothing left out or corrected; "turn" is the id of that turn. The quote alone must support the text; for an action it holds the commitment and, if said there, the date.
4. "owner": who is to do it, in the words of the turn: a name as it was said, "I" if the speaker takes it on, "you" if the person spoken to, "we" for a group. Leave it out if nobody was named. Never guess.
5. "due": the date in the words of the transcript, for example "by Friday" or "bis Ende März". Do not work out any date. Leave it out if none was said.
6. "corrects": if the note corrects or replaces what was said in an earlier turn, the id of that turn; the note then says the whole action or decision as it stands now, and its "due" is the later one. If an earlier action or decision is taken back, name its turn in "corrects" and set "isWithdrawn" to true.
7. Every figure in "text" stands in the transcript, written as it is there.
8. "topic": the id of the agenda point that it belongs to, or a short title of your own if none fits.
9. Account for every signal: either a note quotes its sentence, or "passedOver" names its id with the reason in a few words.

Answer with one JSON object and nothing else:
{"notes": [{"kind": "action", "text": "...", "quote": "...", "turn": "t12", "topic": "a2", "owner": "I", "due": "by Friday"}], "passedOver": [{"id": "t14.1", "reason": "only considered"}]}
A part with nothing worth a note gets {"notes": [], "passedOver": [...]}.`,
};

export const composePrompt: PromptText = {
  id: 'minutes.compose@1',
  instructions: `You write the summaries of topics for the minutes of a meeting, from notes that have been checked against the transcript.

The message begins with facts about the task. After them topics and notes stand between marker lines. ${dataRule}
Section "topics" has one topic a line: [k2] is its id, followed by its title. Section "notes" has one note a line: [n14 decision k2] is note n14, a decision under topic k2.

Rules
1. For every topic that has notes write "summary": two to four sentences that say what was discussed and what came of it, in an order that reads well. "from" names the notes that it is made of.
2. Say no more than the notes say. Write every figure, name and date exactly as it stands there; add none.
3. "title": a better title of at most eight words, only where the given one is unclear; otherwise leave it out.
4. Write in the language that the facts name, in the past tense, in plain words. Actions and decisions are listed below the summary, so do not repeat them word by word.

Answer with one JSON object and nothing else:
{"topics": [{"id": "k2", "summary": "...", "from": ["n14", "n3"]}]}`,
};

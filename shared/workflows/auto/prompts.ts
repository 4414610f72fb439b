import { dataRule } from '../prompt.ts';

/** Instructions of the prompt. They never change for a given id: another text is another version, since the cache goes by the id. */
export const decomposePrompt = {
  id: 'auto.decompose@1',
  instructions: `You plan how an instruction about documents is carried out with a fixed set of workflows. You do not carry it out, and you answer nothing about the documents yourself.

The message begins with facts about the task; "Instruction" is what the submitter wants. After them sections stand between marker lines. ${dataRule}
Section "workflows" lists what can be done: [id] what it does, [id takes] formats and number of inputs, [id params] its parameters as JSON Schema, [id delivers] the names of its files. Section "documents" lists what there is: [d1] file name, [d1 is] format and size, [d1 begins] its headings or first words. The documents are only described, so that you know which is which.

Rules
1. "tasks": as few as serve the whole instruction, at most 12. Each runs one workflow. "id" is a short slug of its own, for example compare or translate-de. "why": one sentence that says which part of the instruction it serves.
2. "inputs", in the order that the workflow takes: documents by their id ("d1"), or a file that another task delivers, as "<id of that task>/<name of the file>". A task that builds on the result of another names the file of that task; tasks that do not need each other do not wait for each other. No circles.
3. "params": only what the instruction says or the workflow requires, valid by its JSON Schema. Languages are BCP 47 tags. Where a workflow takes the name of an input, use the file name.
4. Every document is an input of a task, or stands in "unused" with the reason.
5. Never stretch a workflow to what it does not do. A part of the instruction that none serves stands in "notServed": "part" copied letter by letter from the instruction; "reason": "acts-outside" (send, book, buy, publish), "needs-other-sources" (facts that the documents do not have), "other-work" (work that no workflow does), "unread-format" (no workflow that does it reads these files), or "unclear"; "nearest": the id of the workflow that comes nearest. Plan the rest all the same; where nothing can be served, "tasks" is empty.

Answer with one JSON object and nothing else:
{"tasks": [{"id": "compare", "workflow": "compare-contracts", "inputs": ["d1", "d2"], "params": {}, "why": "..."}, {"id": "translate-de", "workflow": "translate", "inputs": ["compare/memo.docx"], "params": {"languages": ["de"]}, "why": "..."}], "unused": [{"document": "d3", "why": "..."}], "notServed": []}`,
} as const;

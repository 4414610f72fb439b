import { dataRule } from '../prompt.ts';

/** Instructions of a prompt. They never change for a given id: another text is another version, since the cache goes by the id. */
interface PromptText {
  readonly id: string;
  readonly instructions: string;
}

const unitRule = `Section "units" is the text, one unit a line; the line begins with the id of the unit in brackets, for example [d1.u12], sometimes with a remark such as [d1.u12 table-row]. Cells of a table row are separated by " | ". A line that begins with [header] repeats the header row of the table below it. A line that begins with [author] names who wrote or spoke what follows.`;

export const inferPrompt: PromptText = {
  id: 'extract-table.infer@1',
  instructions: `You read a sample of documents and propose the columns of the table that a careful analyst would make of all the records in them: the lines of invoices, the entries of a register, the rows of a list.

The message begins with facts about the task. After them the sample stands between marker lines. ${dataRule}
Section "headings" says where the sample is from. ${unitRule}

Rules
1. One column for each fact that most of the records state. Where the records are rows of a table, its header names the columns: keep its names and their order.
2. "name": short, as the documents call it, in their language. Each name once.
3. "type": "integer", "decimal", "currency" for amounts of money, "percent", "date", "boolean" or "text". Identifiers, codes and telephone numbers are "text".
4. "description": one short sentence that tells the column from the others.
5. No more than 20 columns.

Answer with one JSON object and nothing else:
{"fields": [{"name": "...", "type": "text", "description": "..."}]}`,
};

export const rowsPrompt: PromptText = {
  id: 'extract-table.rows@1',
  instructions: `You copy records from one part of a document into a table. Money depends on the table: a record left out or a figure changed is the worst that can happen.

The message begins with facts about the task. After them the part stands between marker lines. ${dataRule}
Section "fields" lists the columns in their order, one a line, with type and description. Section "headings" says under which headings the part stands. ${unitRule} Sections "before" and "after", if present, show what stands around the part: use them only to complete a record that begins or ends in the part.

Rules
1. Fact "Row per: record": one row for each record in "units", in their order. Fact "Row per: document": at most one row, with what this part says about the document as a whole.
2. "u": ids of the units that the values are taken from; at least one is of "units".
3. "v": one value for each field, in the order of "fields"; null where the record does not state it. Copy each value as it is written, letter by letter: no converting, rounding, calculating or translating. Leave out what belongs to other fields. For a boolean field write yes or no.
4. "q": for values from running text one quote for each field, copied letter by letter from one of the units, 8 to 200 characters, that states the value; null where the value is null. Leave "q" out for rows of tables.
5. Row per record: every unit of "units" is named either in the "u" of a row or in "skipped". "skipped" names units that are no record, with "why": "header" for names of columns, "total" for sums, "blank" for empty rows, "note" for headings, remarks and other text, "other" for rows of a table about something else.
6. Never skip a record because it resembles another, is incomplete or is one of many. Never write "and so on".

Answer with one JSON object and nothing else:
{"rows": [{"u": ["d1.u12"], "v": ["A-17", "12.50", null]}, {"u": ["d1.u30"], "v": ["A-18", "9.00", null], "q": ["order A-18 of Monday", "for 9.00 each", null]}], "skipped": [{"u": ["d1.u11"], "why": "header"}]}`,
};

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { revisedContract } from './content/contract/revision.ts';
import { writeAnnualReport } from './writing/annual-report.ts';
import { writeFieldStudy } from './writing/field-study.ts';
import { writeGlossary, writeHandbook } from './writing/handbook.ts';
import {
  writeAgenda,
  writeMeetingParams,
  writeMinutesTemplate,
  writeTranscript,
} from './writing/meeting.ts';
import { writeQuestionnaire } from './writing/questionnaire.ts';
import { writeRepairLedger, writeRepairLetter, writeRepairStatement } from './writing/repairs.ts';
import { writeServiceContract } from './writing/service-contract.ts';

/** Writes the example documents into a folder. The same bytes every time. */
export async function makeExampleDocuments(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const files = [
    ['annual-report.docx', await writeAnnualReport()],
    ['service-contract.docx', await writeServiceContract()],
    ['service-contract-revised.docx', await writeServiceContract(revisedContract())],
    ['field-study.pdf', await writeFieldStudy()],
    ['questionnaire.xlsx', writeQuestionnaire()],
    ['repair-statement.pdf', await writeRepairStatement()],
    ['repair-ledger.xlsx', await writeRepairLedger()],
    ['repair-letter.docx', await writeRepairLetter()],
    ['handbook.docx', await writeHandbook()],
    ['glossary.csv', writeGlossary()],
    ['meeting.vtt', writeTranscript()],
    ['agenda.md', writeAgenda()],
    ['meeting.json', writeMeetingParams()],
    ['minutes-template.docx', await writeMinutesTemplate()],
  ] as const;
  await Promise.all(files.map(([name, bytes]) => writeFile(join(directory, name), bytes)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const directory = fileURLToPath(new URL('documents', import.meta.url));
  await makeExampleDocuments(directory);
  console.log(`Written to ${directory}`);
}

import type { DocumentFormat } from '#shared/domain/document.ts';

/** Names of the files of a task, each once: `report.de.docx` for the German copy of `report.docx`. */
export function createFileNames(): (name: string, format: DocumentFormat, tag: string) => string {
  const taken = new Set<string>();
  return (name, format, tag) => {
    const { stem, extension } = partsOf(name, format);
    let free = `${stem}.${tag}.${extension}`;
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) {
      free = `${stem}-${number}.${tag}.${extension}`;
    }
    taken.add(free.toLowerCase());
    return free;
  };
}

const extensions: Partial<Record<DocumentFormat, string>> = { markdown: 'md' };

function partsOf(name: string, format: DocumentFormat): { stem: string; extension: string } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in a name
  const clean = name.replace(/[/\\\u0000-\u001f]/g, '-');
  const [, stem, extension] = /^(.+)\.([^.]{1,10})$/.exec(clean) ?? [];
  if (stem !== undefined && extension !== undefined) return { stem, extension };
  return { stem: clean === '' ? 'document' : clean, extension: extensions[format] ?? format };
}

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runSoffice } from './soffice.ts';

/** A file that LibreOffice opens, does something with, and saves in another format. */
export interface OfficeStep {
  readonly bytes: Uint8Array;
  readonly from: 'docx' | 'pptx' | 'xlsx';
  readonly to: keyof typeof filters;
  /** A command of its menus, for example `.uno:AcceptAllTrackedChanges`. */
  readonly command?: string;
}

/** What is saved, in the order of the steps. All are taken in one start, by a macro. */
export async function takeOfficeSteps(
  soffice: string,
  steps: readonly OfficeStep[],
): Promise<Uint8Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quire-office-steps-'));
  try {
    const calls = steps.map(({ command = '', from, to }, index) => {
      const [source, target] = [`${index}.${from}`, `${index}-saved.${to}`].map((name) =>
        JSON.stringify(pathToFileURL(join(folder, name)).href),
      );
      return `Save(${source}, "${command}", ${target}, "${filterOf(from, to)}")`;
    });
    for (const [index, { bytes, from }] of steps.entries()) {
      await writeFile(join(folder, `${index}.${from}`), bytes);
    }
    const profile = join(folder, 'profile');
    await writeProfile(profile, calls);
    await runSoffice(soffice, {
      profile,
      options: ['--headless', '--norestore', 'macro:///Standard.Steps.Run'],
      timeoutInMs: 50_000,
    });
    const saved = steps.map(({ to }, index) => readFile(join(folder, `${index}-saved.${to}`)));
    return (await Promise.all(saved)).map((bytes) => new Uint8Array(bytes));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const filters = {
  docx: 'MS Word 2007 XML',
  odt: 'writer8',
  odp: 'impress8',
  ods: 'calc8',
  pdf: undefined,
} as const;

function filterOf(from: OfficeStep['from'], to: OfficeStep['to']): string {
  const programs = { docx: 'writer', pptx: 'impress', xlsx: 'calc' };
  return filters[to] ?? `${programs[from]}_pdf_Export`;
}

/** A profile that counts as set up: at its first start the program would put its own empty macros in the place of these. */
async function writeProfile(profile: string, calls: readonly string[]): Promise<void> {
  const library = join(profile, 'user', 'basic', 'Standard');
  await mkdir(library, { recursive: true });
  const files = {
    [join(profile, 'user', 'registrymodifications.xcu')]: `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>`,
    [join(profile, 'user', 'basic', 'script.xlc')]: `<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library"><library:library library:name="Standard" library:link="false"/></library:libraries>`,
    [join(library, 'script.xlb')]: `<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Steps"/></library:library>`,
    [join(library, 'Steps.xba')]: macroOf(calls),
  };
  for (const [path, content] of Object.entries(files)) await writeFile(path, content);
}

function macroOf(calls: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Steps" script:language="StarBasic">
Sub Save(source As String, command As String, target As String, filter As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  saving(0).Name = "FilterName"
  saving(0).Value = filter
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  If command &lt;&gt; "" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  End If
  document.storeToURL(target, saving())
  document.close(True)
End Sub
Sub Run
  ${calls.join('\n  ')}
  StarDesktop.terminate
End Sub
</script:module>`;
}

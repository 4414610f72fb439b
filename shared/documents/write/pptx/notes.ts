import type { TemplatePackage } from '../template-package.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';
import { contentTypes, type Frame, namespaces, transform, treeStart } from './markup.ts';
import { paragraphXml, type TextContext } from './text.ts';
import { themeXml } from './theme.ts';

export interface NotesWriter {
  /** Adds the notes of a slide. */
  add(slidePart: string, notes: readonly string[]): void;
  /** Id of the relationship to a master that the template did not have, if one was added. */
  readonly newMasterId: string | undefined;
}

/** Notes need a master; the template's is used where it has one. */
export function createNotesWriter(template: TemplatePackage, context: TextContext): NotesWriter {
  const links = template.file.relationshipsOf(template.mainPart);
  let master = links.find(({ type }) => type === 'notesMaster')?.target;
  let newMasterId: string | undefined;
  const requireMaster = (): string => {
    if (master !== undefined) return master;
    master = addMaster(template, context);
    newMasterId = template.relate(template.mainPart, { type: 'notesMaster', target: master });
    return master;
  };
  return {
    add(slidePart, notes) {
      const masterPart = requireMaster();
      const name = template.freeName('ppt/notesSlides/notesSlide%.xml');
      template.add({
        name,
        contentType: contentTypes.notesSlide,
        content: notesXml(notes, context),
      });
      template.relate(name, { type: 'notesMaster', target: masterPart });
      template.relate(name, { type: 'slide', target: slidePart });
      template.relate(slidePart, { type: 'notesSlide', target: name });
    },
    get newMasterId() {
      return newMasterId;
    },
  };
}

const pictureFrame: Frame = { x: 685_800, y: 685_800, width: 5_486_400, height: 3_086_100 };
const textFrame: Frame = { x: 685_800, y: 4_000_500, width: 5_486_400, height: 4_457_700 };

function addMaster(template: TemplatePackage, { typography }: TextContext): string {
  const name = template.freeName('ppt/notesMasters/notesMaster%.xml');
  const theme = template.freeName('ppt/theme/theme%.xml');
  template.add({ name: theme, contentType: contentTypes.theme, content: themeXml(typography) });
  template.add({ name, contentType: contentTypes.notesMaster, content: masterXml() });
  template.relate(name, { type: 'theme', target: theme });
  return name;
}

function masterXml(): string {
  return (
    xmlDeclaration +
    element(
      'p:notesMaster',
      namespaces,
      element(
        'p:cSld',
        {},
        '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>',
        element(
          'p:spTree',
          {},
          treeStart,
          pictureXml(geometry(pictureFrame)),
          textXml(geometry(textFrame), '<a:p><a:r><a:rPr lang="en-US"/><a:t> </a:t></a:r></a:p>'),
        ),
      ),
      '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>',
      '<p:notesStyle><a:lvl1pPr><a:defRPr sz="1200"/></a:lvl1pPr></p:notesStyle>',
    )
  );
}

function notesXml(notes: readonly string[], context: TextContext): string {
  const paragraphs = notes.map((text) => paragraphXml([{ text }], {}, context));
  return (
    xmlDeclaration +
    element(
      'p:notes',
      namespaces,
      element(
        'p:cSld',
        {},
        element('p:spTree', {}, treeStart, pictureXml(''), textXml('', paragraphs.join(''))),
      ),
      '<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>',
    )
  );
}

function geometry(frame: Frame): string {
  return `${transform('a:xfrm', frame)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`;
}

/** The picture of the slide above its notes. */
function pictureXml(properties: string): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>${element('p:spPr', {}, properties)}</p:sp>`;
}

function textXml(properties: string, paragraphs: string): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="3"/></p:nvPr></p:nvSpPr>${element('p:spPr', {}, properties)}<p:txBody><a:bodyPr/><a:lstStyle/>${paragraphs}</p:txBody></p:sp>`;
}

import { createPackage, type PackageWriter } from '../package.ts';
import { addProperties } from '../properties.ts';
import type { Typography } from '../script.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';
import { contentTypes, type Frame, namespaces, transform, treeStart } from './markup.ts';
import { themeXml } from './theme.ts';

const slideSize = { width: 12_192_000, height: 6_858_000 } as const;
const margin = 640_080;
const wide = slideSize.width - 2 * margin;
const gap = 365_760;
const half = Math.floor((wide - gap) / 2);
const top = 1_463_040;
const bodyHeight = 4_663_440;

const titleFrame: Frame = { x: margin, y: 411_480, width: wide, height: 868_680 };
const bodyFrame: Frame = { x: margin, y: top, width: wide, height: bodyHeight };
const numberFrame: Frame = {
  x: slideSize.width - margin - 1_371_600,
  y: 6_309_360,
  width: 1_371_600,
  height: 320_040,
};

interface Placeholder {
  readonly type: 'title' | 'ctrTitle' | 'subTitle' | 'body' | 'sldNum' | undefined;
  readonly index?: number;
  readonly frame?: Frame;
  /** Element `a:bodyPr`. */
  readonly body?: string;
  /** Content of `a:lstStyle`. */
  readonly style?: string;
}

interface Layout {
  readonly name: string;
  readonly type: string;
  readonly placeholders: readonly Placeholder[];
  readonly background?: string;
}

const number: Placeholder = { type: 'sldNum', index: 12 };
const firstLevel = (size: number, colour: string, weight = '') =>
  `<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr sz="${size}"${weight}><a:solidFill><a:schemeClr val="${colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>`;

const layouts: readonly Layout[] = [
  {
    name: 'Title Slide',
    type: 'title',
    placeholders: [
      {
        type: 'ctrTitle',
        frame: { x: margin, y: 1_554_480, width: wide, height: 1_874_520 },
        body: '<a:bodyPr anchor="b"><a:normAutofit/></a:bodyPr>',
        style: firstLevel(4_000, 'tx2', ' b="1"'),
      },
      {
        type: 'subTitle',
        index: 1,
        frame: { x: margin, y: 3_611_880, width: wide, height: 1_280_160 },
        style: firstLevel(2_000, 'accent3'),
      },
    ],
  },
  {
    name: 'Title and Content',
    type: 'obj',
    placeholders: [{ type: 'title' }, { type: undefined, index: 1 }, number],
  },
  {
    name: 'Section Header',
    type: 'secHead',
    background:
      '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>',
    placeholders: [
      {
        type: 'title',
        frame: { x: margin, y: 2_011_680, width: wide, height: 1_645_920 },
        body: '<a:bodyPr anchor="b"><a:normAutofit/></a:bodyPr>',
        style: firstLevel(3_600, 'bg1', ' b="1"'),
      },
      {
        type: 'body',
        index: 1,
        frame: { x: margin, y: 3_794_760, width: wide, height: 1_280_160 },
        style: firstLevel(2_000, 'bg1'),
      },
    ],
  },
  {
    name: 'Two Content',
    type: 'twoObj',
    placeholders: [
      { type: 'title' },
      {
        type: undefined,
        index: 1,
        frame: { x: margin, y: top, width: half, height: bodyHeight },
      },
      {
        type: undefined,
        index: 2,
        frame: { x: margin + half + gap, y: top, width: half, height: bodyHeight },
      },
      number,
    ],
  },
  { name: 'Title Only', type: 'titleOnly', placeholders: [{ type: 'title' }, number] },
  { name: 'Blank', type: 'blank', placeholders: [number] },
];

/**
 * The template that is used where a user brings none: a presentation without slides, with a theme, a master and six layouts
 * (ISO 29500-1, 19.3). Fonts are those of the language.
 */
export function ownTemplate(typography: Typography): Promise<Uint8Array> {
  const file = createPackage();
  const presentation = 'ppt/presentation.xml';
  file.relate('', { type: 'officeDocument', target: presentation });
  addProperties(file, { title: '', language: typography.language });
  const masterId = file.relate(presentation, { type: 'slideMaster', target: masterPart });
  file.relate(presentation, { type: 'theme', target: themePart });
  file.add({
    name: presentation,
    contentType: contentTypes.presentation,
    content: presentationXml(masterId, typography),
  });
  file.add({ name: themePart, contentType: contentTypes.theme, content: themeXml(typography) });
  addMaster(file, typography);
  return file.write();
}

const masterPart = 'ppt/slideMasters/slideMaster1.xml';
const themePart = 'ppt/theme/theme1.xml';

/** Identifiers of masters and layouts share a range that begins here (ISO 29500-1, 19.7.12). */
const firstId = 2_147_483_648;

function presentationXml(masterId: string, { isRightToLeft }: Typography): string {
  return (
    xmlDeclaration +
    element(
      'p:presentation',
      { ...namespaces, saveSubsetFonts: true, rtl: isRightToLeft || undefined },
      element('p:sldMasterIdLst', {}, element('p:sldMasterId', { id: firstId, 'r:id': masterId })),
      element('p:sldSz', { cx: slideSize.width, cy: slideSize.height }),
      element('p:notesSz', { cx: 6_858_000, cy: 9_144_000 }),
    )
  );
}

function addMaster(file: PackageWriter, typography: Typography): void {
  const ids = layouts.map((layout, index) => {
    const name = `ppt/slideLayouts/slideLayout${index + 1}.xml`;
    file.add({ name, contentType: contentTypes.layout, content: layoutXml(layout) });
    file.relate(name, { type: 'slideMaster', target: masterPart });
    const id = file.relate(masterPart, { type: 'slideLayout', target: name });
    return element('p:sldLayoutId', { id: firstId + 1 + index, 'r:id': id });
  });
  file.relate(masterPart, { type: 'theme', target: themePart });
  file.add({
    name: masterPart,
    contentType: contentTypes.master,
    content: masterXml(element('p:sldLayoutIdLst', {}, ...ids), typography),
  });
}

const colourMap =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>';

function masterXml(layoutIds: string, { isRightToLeft }: Typography): string {
  const placeholders: readonly Placeholder[] = [
    {
      type: 'title',
      frame: titleFrame,
      body: '<a:bodyPr vert="horz" lIns="0" rIns="0" anchor="b"><a:normAutofit/></a:bodyPr>',
    },
    {
      type: 'body',
      index: 1,
      frame: bodyFrame,
      body: '<a:bodyPr vert="horz" lIns="0" rIns="0"><a:normAutofit/></a:bodyPr>',
    },
    {
      type: 'sldNum',
      index: 4,
      frame: numberFrame,
      body: '<a:bodyPr vert="horz" lIns="0" rIns="0" anchor="ctr"/>',
      style: `<a:lvl1pPr algn="${isRightToLeft ? 'l' : 'r'}"><a:defRPr sz="1000"><a:solidFill><a:schemeClr val="accent3"/></a:solidFill></a:defRPr></a:lvl1pPr>`,
    },
  ];
  const background =
    '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>';
  return (
    xmlDeclaration +
    element(
      'p:sldMaster',
      namespaces,
      element('p:cSld', {}, background, shapeTree(placeholders)),
      colourMap,
      layoutIds,
      element('p:txStyles', {}, titleStyle(isRightToLeft), bodyStyle(isRightToLeft), otherStyle),
    )
  );
}

function layoutXml({ name, type, placeholders, background = '' }: Layout): string {
  return (
    xmlDeclaration +
    element(
      'p:sldLayout',
      { ...namespaces, type, preserve: true },
      element('p:cSld', { name }, background, shapeTree(placeholders)),
      '<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>',
    )
  );
}

function shapeTree(placeholders: readonly Placeholder[]): string {
  return element('p:spTree', {}, treeStart, ...placeholders.map(placeholderXml));
}

function placeholderXml(
  { type, index, frame, body = '<a:bodyPr/>', style = '' }: Placeholder,
  position: number,
): string {
  const id = position + 2;
  const text =
    type === 'sldNum'
      ? '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
      : '<a:r><a:rPr lang="en-US"/><a:t> </a:t></a:r>';
  return element(
    'p:sp',
    {},
    element(
      'p:nvSpPr',
      {},
      element('p:cNvPr', { id, name: `Placeholder ${id - 1}` }),
      '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>',
      element(
        'p:nvPr',
        {},
        element('p:ph', { type, sz: type === 'sldNum' ? 'quarter' : undefined, idx: index }),
      ),
    ),
    element('p:spPr', {}, frame === undefined ? '' : geometry(frame)),
    element('p:txBody', {}, body, element('a:lstStyle', {}, style), element('a:p', {}, text)),
  );
}

function geometry(frame: Frame): string {
  return `${transform('a:xfrm', frame)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`;
}

function titleStyle(isRightToLeft: boolean): string {
  const direction = isRightToLeft ? 'algn="r" rtl="1"' : 'algn="l" rtl="0"';
  return `<p:titleStyle><a:lvl1pPr ${direction} defTabSz="914400" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>${runDefaults({ size: 2_800, colour: 'tx2', font: 'mj', isBold: true })}</a:lvl1pPr></p:titleStyle>`;
}

const bodySizes = [2_000, 1_800, 1_600, 1_400, 1_400] as const;

function bodyStyle(isRightToLeft: boolean): string {
  const direction = isRightToLeft ? 'algn="r" rtl="1"' : 'algn="l" rtl="0"';
  const levels = bodySizes.map((size, level) => {
    const left = 285_750 + level * 342_900;
    const bullet = level % 2 === 0 ? '•' : '–';
    return `<a:lvl${level + 1}pPr marL="${left}" indent="-285750" ${direction} defTabSz="914400" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="${level === 0 ? 900 : 400}"/></a:spcBef><a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="${bullet}"/>${runDefaults({ size, colour: 'tx1', font: 'mn' })}</a:lvl${level + 1}pPr>`;
  });
  return `<p:bodyStyle>${levels.join('')}</p:bodyStyle>`;
}

const otherStyle = `<p:otherStyle><a:lvl1pPr>${runDefaults({ size: 1_800, colour: 'tx1', font: 'mn' })}</a:lvl1pPr></p:otherStyle>`;

interface RunDefaults {
  readonly size: number;
  readonly colour: string;
  readonly font: 'mj' | 'mn';
  readonly isBold?: boolean;
}

function runDefaults({ size, colour, font, isBold }: RunDefaults): string {
  const weight = isBold === true ? ' b="1"' : '';
  return `<a:defRPr sz="${size}"${weight} kern="1200"><a:solidFill><a:schemeClr val="${colour}"/></a:solidFill><a:latin typeface="+${font}-lt"/><a:ea typeface="+${font}-ea"/><a:cs typeface="+${font}-cs"/></a:defRPr>`;
}

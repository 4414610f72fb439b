import type { Typography } from '../script.ts';
import { element, xmlDeclaration } from '../xml-writer.ts';

const colours: readonly (readonly [string, string])[] = [
  ['dk1', '1F2933'],
  ['lt1', 'FFFFFF'],
  ['dk2', '17466B'],
  ['lt2', 'E6EDF3'],
  ['accent1', '17466B'],
  ['accent2', 'D97706'],
  ['accent3', '5F6B76'],
  ['accent4', '0F8B8D'],
  ['accent5', '8A4F7D'],
  ['accent6', '6B8E23'],
  ['hlink', '0563C1'],
  ['folHlink', '6B3FA0'],
];

/** The least theme that is valid: every list of effects has its three (ISO 29500-1, 20.1.6.9). */
export function themeXml({ fonts }: Typography): string {
  const fontOf = (name: string) =>
    element(
      name,
      {},
      element('a:latin', { typeface: fonts.ascii }),
      element('a:ea', { typeface: fonts.eastAsia }),
      element('a:cs', { typeface: fonts.cs }),
    );
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
  const line = (width: number) => `<a:ln w="${width}">${fill}<a:prstDash val="solid"/></a:ln>`;
  const effect = '<a:effectStyle><a:effectLst/></a:effectStyle>';
  return (
    xmlDeclaration +
    element(
      'a:theme',
      { 'xmlns:a': 'http://schemas.openxmlformats.org/drawingml/2006/main', name: 'Quire' },
      element(
        'a:themeElements',
        {},
        element(
          'a:clrScheme',
          { name: 'Quire' },
          ...colours.map(([name, val]) => element(`a:${name}`, {}, element('a:srgbClr', { val }))),
        ),
        element('a:fontScheme', { name: 'Quire' }, fontOf('a:majorFont'), fontOf('a:minorFont')),
        element(
          'a:fmtScheme',
          { name: 'Quire' },
          element('a:fillStyleLst', {}, fill, fill, fill),
          element('a:lnStyleLst', {}, line(6_350), line(12_700), line(19_050)),
          element('a:effectStyleLst', {}, effect, effect, effect),
          element('a:bgFillStyleLst', {}, fill, fill, fill),
        ),
      ),
    )
  );
}

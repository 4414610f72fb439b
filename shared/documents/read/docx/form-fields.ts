import { childOf, type XmlElement } from '../../xml.ts';
import { numberOf, settingOf, toggleOf } from './xml.ts';

/** What a form field of old (`w:ffData`) shows: a check box or the entry chosen in a list. Those for text have a result instead. */
export function shownByFormField(fieldCharacter: XmlElement): string {
  const data = childOf(fieldCharacter, 'w:ffData');
  if (data === undefined) return '';
  const checkBox = childOf(data, 'w:checkBox');
  if (checkBox !== undefined) {
    const isChecked =
      toggleOf(childOf(checkBox, 'w:checked')) ?? toggleOf(childOf(checkBox, 'w:default'));
    return isChecked === true ? '☒' : '☐';
  }
  const list = childOf(data, 'w:ddList');
  const entries = list?.children.filter((child) => child.name === 'w:listEntry') ?? [];
  const chosen =
    numberOf(settingOf(childOf(list, 'w:result'))) ??
    numberOf(settingOf(childOf(list, 'w:default')));
  return settingOf(entries[chosen ?? 0]) ?? '';
}

import { describe, expect, it } from '@jest/globals';
import { textsOf } from '../../support/docx-content.ts';

const r = (text: string) => `<m:r><m:t>${text}</m:t></m:r>`;
const part = (name: string, text: string) => `<m:${name}>${r(text)}</m:${name}>`;
const operator = (name: string, content: string, properties = '') =>
  `<m:${name}><m:${name}Pr>${properties}</m:${name}Pr>${content}</m:${name}>`;
const set = (name: string, value: string) => `<m:${name} m:val="${value}"/>`;

describe('readDocx: equations', () => {
  it.each([
    { name: 'powers', math: operator('sSup', part('e', 'x') + part('sup', 'n+1')), is: 'x^(n+1)' },
    {
      name: 'indices before',
      math: operator('sPre', part('sub', '2') + part('sup', '4') + part('e', 'He')),
      is: '_2^4 He',
    },
    {
      name: 'sums without a lower bound',
      math: operator('nary', `<m:sub/>${part('sup', 'n')}${part('e', 'k')}`, set('chr', '∑')),
      is: '∑^n k',
    },
    {
      name: 'roots with their degree',
      math:
        operator('rad', part('deg', 'n') + part('e', 'x')) +
        operator('rad', `<m:deg/>${part('e', 'y')}`),
      is: '√[n]x√y',
    },
    {
      name: 'limits',
      math: operator(
        'func',
        `<m:fName>${operator('limLow', part('e', 'lim') + part('lim', 'x→0'))}</m:fName>${part('e', 'f')}`,
      ),
      is: 'lim_(x→0) f',
    },
    {
      name: 'matrices',
      math: operator(
        'm',
        `<m:mr>${part('e', 'a')}${part('e', 'b')}</m:mr><m:mr>${part('e', 'c')}${part('e', 'd')}</m:mr>`,
      ),
      is: '[a, b; c, d]',
    },
    {
      name: 'systems',
      math: operator('eqArr', part('e', 'x=1') + part('e', 'y=2')),
      is: 'x=1; y=2',
    },
    {
      name: 'brackets of every kind',
      math: operator(
        'd',
        part('e', 'a') + part('e', 'b'),
        set('begChr', '[') + set('sepChr', '|') + set('endChr', ''),
      ),
      is: '[a | b',
    },
    {
      name: 'binomials',
      math: operator('f', part('num', 'n') + part('den', 'k'), set('type', 'noBar')),
      is: 'n ¦ k',
    },
    {
      name: 'accents',
      math:
        operator('acc', part('e', 'x'), set('chr', '\u0303')) +
        operator('bar', part('e', 'AB'), set('pos', 'top')),
      is: 'x\u0303(AB)\u0305',
    },
  ])('keeps the meaning of $name', async ({ math, is }) => {
    expect(await textsOf({ body: `<w:p><m:oMath>${math}</m:oMath></w:p>` })).toEqual([is]);
  });
});

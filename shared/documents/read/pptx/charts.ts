import { readChart as textsOfChart } from '../drawing/chart.ts';
import { addToDeck, type Page } from './deck.ts';
import type { Shape } from './shapes.ts';
import { paragraphsIn, readParagraph } from './text.ts';

/**
 * Adds what a chart says, and text boxes drawn on it. A unit's `paragraph` counts the chart's titles, series and labels in the part's
 * order; the paragraphs of text boxes go on from there.
 */
export function readChart(name: string | undefined, shape: Shape, page: Page): void {
  const { deck } = page;
  const part = deck.parts.take(name);
  if (part === undefined) return;
  const spot = { part: 'chart' as const, shape: shape.id, isHidden: shape.isHidden };
  let paragraph = 0;
  const add = (text: string) => {
    paragraph += 1;
    addToDeck(page, { ...spot, paragraph }, { kind: 'chart', text });
  };
  for (const { text, isWithoutValues } of textsOfChart(part.root)) {
    if (isWithoutValues) deck.tally.add('noChartData');
    add(text);
  }
  for (const drawing of part.targetsOf('chartUserShapes')) {
    const root = deck.parts.take(drawing)?.root;
    for (const each of root === undefined ? [] : paragraphsIn(root)) {
      add(readParagraph(each, undefined).text);
    }
  }
  deck.tally.add('workbook', part.targetsOf('package').length);
}

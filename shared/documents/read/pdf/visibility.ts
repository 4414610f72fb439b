import type { Graphics, TextShow } from './graphics.ts';
import type { RawRun } from './runs.ts';
import type { StreamSurvey } from './streams.ts';

interface Setting {
  readonly width: number;
  readonly height: number;
  readonly graphics: Graphics | undefined;
  readonly survey: StreamSurvey;
}

/** Nobody reads letters this small; they are a way to hide text. */
const smallestSize = 1;

/**
 * Divides what a reader of the page sees from what is hidden: beyond the edge, too small, on a layer that is off, invisible (rendering
 * mode 3), or white on white. Invisible text is shown where it is most of the text of a page of a file with a large picture: that is
 * how programs lay recognised text over a scan. In such a file white text is shown too, since a picture may be behind it.
 */
export function sortByVisibility(
  runs: readonly RawRun[],
  setting: Setting,
): { shown: RawRun[]; hidden: RawRun[] } {
  const { graphics, survey } = setting;
  const shows = graphics?.shows ?? [];
  const lettersOf = (visibility: TextShow['visibility']) =>
    shows.reduce((sum, show) => sum + (show.visibility === visibility ? show.letters : 0), 0);
  const isOverScan =
    survey.hasLargeImage && lettersOf('invisible') > lettersOf('visible') + lettersOf('white');
  const isHiding = ({ visibility }: TextShow) =>
    visibility === 'layer-off' ||
    (visibility === 'invisible' && !isOverScan) ||
    (visibility === 'white' && !survey.hasLargeImage);
  const isCovered = shows.some(isHiding) ? coverOf(shows, isHiding) : () => false;
  const shown: RawRun[] = [];
  const hidden: RawRun[] = [];
  for (const run of runs) {
    (run.size < smallestSize || isCovered(run) ? hidden : shown).push(run);
  }
  const beyond = shows.filter((show) => isOutside(show, setting)).map(runBeyond);
  return { shown, hidden: [...hidden, ...beyond] };
}

function isOutside({ x, end, y }: TextShow, { width, height }: Setting): boolean {
  return Math.max(x, end) < 0 || Math.min(x, end) > width || y < 0 || y > height;
}

function runBeyond({ x, y, text, letters }: TextShow): RawRun {
  const place = { left: x, right: x + letters, baseline: y, size: 1, origin: [x, y] as const };
  return { text, ...place, isBold: false, isRightToLeft: false, turn: 0 };
}

/** Whether all that begins within a run hides. Text of other directions is judged by its first letter alone. */
function coverOf(
  shows: readonly TextShow[],
  isHiding: (show: TextShow) => boolean,
): (run: RawRun) => boolean {
  const byHeight = new Map<number, TextShow[]>();
  for (const show of shows) {
    const at = Math.round(show.y);
    const others = byHeight.get(at);
    if (others === undefined) byHeight.set(at, [show]);
    else others.push(show);
  }
  return ({ origin: [x, y], left, right, turn }) => {
    const length = turn === 0 ? right - left : 0;
    const near = [-1, 0, 1].flatMap((step) => byHeight.get(Math.round(y) + step) ?? []);
    const within = near.filter(
      (show) => Math.abs(show.y - y) < 1 && show.x > x - 1 && show.x < x + Math.max(1, length - 1),
    );
    return within.length > 0 && within.every(isHiding);
  };
}

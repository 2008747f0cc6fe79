import type { Card } from '../../contract/result.ts';
import { clip, logText } from '../outside-text.ts';
import { type Screen, wrap } from './screen.ts';

/** Width from which the card has two columns. */
const TWO_COLUMNS = 80;
const GAP = 4;

const LONGEST_LABEL = 30;

/** Headline, rows in reading order, and the decision. */
export function cardLines({ headline, rows, decision }: Card, screen: Screen): string[] {
  return [
    ...wrap('', headline, screen.width).map(screen.strong),
    ...(screen.width < TWO_COLUMNS
      ? rows.flatMap((row) => cell(row, screen.width, screen).map(({ painted }) => painted))
      : pairs(rows, screen)),
    ...wrap('Decision: ', decision, screen.width).map(screen.strong),
  ];
}

type Row = Card['rows'][number];

/** A line with and without its colour: columns are measured without. */
interface Line {
  readonly plain: string;
  readonly painted: string;
}

function cell({ label, value, tone }: Row, width: number, screen: Screen): Line[] {
  const head = `${clip(logText(label), LONGEST_LABEL)}: `;
  return wrap(head, value, width).map((plain, i) => {
    const start = i === 0 ? head.length : 0;
    return { plain, painted: plain.slice(0, start) + screen.tone[tone](plain.slice(start)) };
  });
}

function pairs(rows: readonly Row[], screen: Screen): string[] {
  const width = Math.floor((screen.width - GAP) / 2);
  return rows.flatMap((row, i) => {
    if (i % 2 === 1) return [];
    const right = rows[i + 1];
    return beside(cell(row, width, screen), right === undefined ? [] : cell(right, width, screen), width + GAP);
  });
}

function beside(left: readonly Line[], right: readonly Line[], column: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [here, there] = [left[i] ?? { plain: '', painted: '' }, right[i]];
    return there === undefined
      ? here.painted
      : `${here.painted}${' '.repeat(Math.max(1, column - [...here.plain].length))}${there.painted}`;
  });
}

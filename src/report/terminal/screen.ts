import { Chalk } from 'chalk';
import type { Outcome } from '../../contract/finding.ts';
import type { Card } from '../../contract/result.ts';
import { clip, logText } from '../outside-text.ts';

type Paint = (text: string) => string;

/** How wide lines may be and how they are coloured. */
export interface Screen {
  /** Characters, ≥ 40. */
  readonly width: number;
  readonly strong: Paint;
  readonly outcome: Readonly<Record<Outcome, Paint>>;
  readonly tone: Readonly<Record<Card['rows'][number]['tone'], Paint>>;
}

/** The 16 colours that CI services render too. */
export function createScreen({ color, width }: { readonly color: boolean; readonly width: number }): Screen {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint =
    (style: Paint): Paint =>
    (text) =>
      style(text);
  return {
    width: Math.max(40, Math.min(width, 120)),
    strong: paint(chalk.bold),
    outcome: {
      pass: paint(chalk.green),
      fail: paint(chalk.red),
      error: paint(chalk.red),
      inconclusive: paint(chalk.yellow),
      'not-applicable': paint(chalk.dim),
    },
    tone: { good: paint(chalk.green), bad: paint(chalk.red), open: paint(chalk.yellow), plain: (text) => text },
  };
}

/** What every line that continues outside text begins with, so that no line begins with the text itself. */
export const CONTINUES = '  | ';

/** Longest outside text shown in full. */
const LONGEST = 2_000;

/**
 * `head` and outside text in lines of at most `width` characters; `head` is ours and shorter than a line. Longer words
 * are broken. Every line after the first begins with `CONTINUES`.
 */
export function wrap(head: string, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = head;
  let isFresh = true;
  const breakLine = () => {
    lines.push(line.trimEnd());
    line = CONTINUES;
    isFresh = true;
  };
  for (const word of clip(logText(text), LONGEST).split(' ')) {
    const gap = isFresh ? '' : ' ';
    let rest = [...word];
    const fits = (start: string) => [...start].length + rest.length <= width;
    if (!fits(line + gap) && (!isFresh || fits(CONTINUES))) breakLine();
    line += isFresh ? '' : gap;
    while (!fits(line)) {
      const room = Math.max(1, width - [...line].length);
      line += rest.slice(0, room).join('');
      rest = rest.slice(room);
      breakLine();
    }
    line += rest.join('');
    isFresh = false;
  }
  return [...lines, line.trimEnd()];
}

/** A labelled text, the label emphasised. */
export function entry(label: string, text: string, { width, strong }: Screen): string[] {
  const head = `  ${label}: `;
  const [first = '', ...rest] = wrap(head, text, width);
  return [`${strong(first.slice(0, head.length))}${first.slice(head.length)}`, ...rest];
}

/** Outside text as a block of its own. */
export function quote(text: string, { width }: Screen): string[] {
  return wrap(CONTINUES, text, width);
}

/** Blocks under a heading, an empty line before each; nothing when there are none. */
export function section(title: string, blocks: readonly (readonly string[])[], { strong }: Screen): string[] {
  return blocks.length === 0
    ? []
    : ['', strong(title), ...blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block]))];
}

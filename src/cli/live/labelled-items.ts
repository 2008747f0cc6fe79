import { AigateError } from '../../contract/errors.ts';
import { jsonValue } from '../../contract/json-value.ts';
import { VERDICTS, type Verdict } from '../../contract/judge.ts';
import { isObject } from '../../observe/otlp/any-value.ts';

/** An answer that people have labelled. */
export interface LabelledItem {
  /** In its file, from 1. */
  readonly line: number;
  readonly rule: string;
  /** What was asked; undefined = the answer alone is judged. */
  readonly input: string | undefined;
  readonly answer: string;
  readonly label: Verdict;
}

/** More are a slip: each is a model call. */
const MOST_ITEMS = 5_000;

/** Reads JSON lines of `rule`, `answer`, `label` and perhaps `input`. @throws AigateError CONFIG_INVALID with the line */
export function readLabelledItems(text: string, path: string): readonly LabelledItem[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const items = lines.flatMap((content, i): LabelledItem[] => {
    if (content.trim() === '') return [];
    const item = toItem(jsonValue(content), i + 1);
    if (item !== undefined) return [item];
    throw new AigateError('CONFIG_INVALID', `${path}:${i + 1}: no labelled item`, {
      hint: 'Give each line an object with rule, answer and label, which is pass or fail; input is what was asked.',
    });
  });
  if (items.length <= MOST_ITEMS) return items;
  throw new AigateError('CONFIG_INVALID', `${path}: ${items.length} labelled items, at most ${MOST_ITEMS} are asked`);
}

function toItem(value: unknown, line: number): LabelledItem | undefined {
  if (!isObject(value)) return undefined;
  const { rule, input, answer, label } = value;
  const known = VERDICTS.find((verdict) => verdict === label);
  if (typeof rule !== 'string' || rule.trim() === '' || typeof answer !== 'string' || known === undefined) {
    return undefined;
  }
  if (input !== undefined && typeof input !== 'string') return undefined;
  return { line, rule, input, answer, label: known };
}

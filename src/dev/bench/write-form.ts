import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { zipArchive } from '../testing/zip-archive.ts';
import type { SyntheticForm } from './forms/synthetic-form.ts';
import { syntheticTasks } from './synthetic-task.ts';

/** Characters that are gathered before they are written. */
const BLOCK = 4 * 1024 * 1024;

/** Writes a recording of `runs` runs in a form; the two decide every byte. @returns its characters, unpacked */
export function writeForm(file: string, form: SyntheticForm, runs: number): number {
  if (form.layout === 'archive') return writeArchive(file, form, runs);
  const output = openSync(file, 'w');
  try {
    let block = '';
    let characters = 0;
    for (const text of textsOf(form, runs)) {
      block += text;
      characters += text.length;
      if (block.length < BLOCK) continue;
      writeSync(output, block);
      block = '';
    }
    writeSync(output, block);
    return characters;
  } finally {
    closeSync(output);
  }
}

function* textsOf(form: SyntheticForm, runs: number): Generator<string> {
  const { layout, indent = 0, around: [head, tail] = ['[', ']\n'] } = form;
  if (layout === 'document') yield head;
  let isFirst = true;
  for (const value of valuesOf(form, runs)) {
    const text = JSON.stringify(value, undefined, indent);
    yield layout === 'lines' ? `${text}\n` : `${isFirst ? '' : ','}${indent > 0 ? '\n' : ''}${text}`;
    isFirst = false;
  }
  if (layout === 'document') yield tail;
}

function writeArchive(file: string, form: SyntheticForm, runs: number): number {
  const { indent, around = ['{}', ''] } = form;
  const members = [...valuesOf(form, runs)].map((value, index) => ({
    name: `samples/${index}_epoch_1.json`,
    content: JSON.stringify(value, undefined, indent),
  }));
  writeFileSync(file, zipArchive([...members, { name: 'header.json', content: around.join('') }]));
  return members.reduce((sum, { content }) => sum + content.length, 0);
}

function* valuesOf({ valuesOf: values }: SyntheticForm, runs: number): Generator<unknown> {
  let written = 0;
  for (const task of syntheticTasks()) {
    if (written === runs) return;
    written += 1;
    yield* values(task);
  }
}

import { type InspectedFile, type Inspection, LONGEST_TEXT } from '../../src/contract/inspection.ts';

/** What the files of one entry of the manifest say, as far as they could be read. */
export interface InspectedText {
  /** Of all files, white space as single spaces. */
  readonly text: string;
  /** Paths of files that hold no text: binary, or not UTF-8. */
  readonly unreadable: readonly string[];
  /** Paths of files of which only the beginning was kept. */
  readonly cut: readonly string[];
}

export function readTexts(files: readonly InspectedFile[], { texts }: Inspection): InspectedText {
  const found = files.map(({ path }) => ({ path, text: texts[path] }));
  return {
    text: found
      .map(({ text = '' }) => text)
      .join('\n')
      .replaceAll(/\s+/g, ' ')
      .trim(),
    unreadable: found.filter(({ text }) => text === undefined || /[\0\uFFFD]/.test(text)).map(({ path }) => path),
    cut: found.filter(({ text = '' }) => text.length >= LONGEST_TEXT).map(({ path }) => path),
  };
}

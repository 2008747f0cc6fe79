import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { readZipDirectory } from '../../observe/zip/zip-directory.ts';
import { zipFile } from '../../observe/zip/zip-file.ts';
import { readBareLines } from './bare-lines.ts';
import type { SyntheticForm } from './forms/synthetic-form.ts';

const LOCAL_BYTES = 30;

/** The yardstick for each layout: JSON.parse of every line, of the document, or of every member once it is inflated. */
export async function readBare(file: string, layout: SyntheticForm['layout']): Promise<void> {
  switch (layout) {
    case 'lines':
      readBareLines(file);
      break;
    case 'document':
      JSON.parse(readFileSync(file, 'utf8'));
      break;
    case 'archive':
      await readBareArchive(file);
  }
}

async function readBareArchive(file: string): Promise<void> {
  const bytes = readFileSync(file);
  const handle = await open(file);
  const directory = await readZipDirectory(zipFile(handle, bytes.length));
  await handle.close();
  if (typeof directory === 'string') throw new Error(directory);
  for (const { at, packedBytes } of directory.entries) {
    const from = at + LOCAL_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    JSON.parse(inflateRawSync(bytes.subarray(from, from + packedBytes)).toString('utf8'));
  }
}

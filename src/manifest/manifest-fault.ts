import type { AigateError } from '../contract/errors.ts';
import { pointerOf } from '../contract/manifest-ref.ts';
import { configError } from './config-error.ts';
import { describePath, type Path } from './path-text.ts';
import { readYaml } from './read-yaml.ts';
import { locate, type SourceFile } from './source-file.ts';

/** What is wrong with the value at a path of a valid manifest; one that is not written lies at its nearest ancestor. */
export interface ManifestFault {
  readonly path: Path;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Faults that are seen only after the manifest was parsed, each at its place in the text. `faults` holds at least one. */
export function manifestFaults(source: SourceFile, faults: readonly ManifestFault[]): AigateError {
  const file = locate(source);
  const { places } = readYaml(source, file);
  const problems = faults.map(({ path, message, hint }) => {
    const written = path.map((_, i) => path.slice(0, path.length - i)).find((at) => places.has(pointerOf(...at)));
    const range = places.get(pointerOf(...(written ?? [])))?.value ?? [0, 0];
    return file.problem(range, { code: 'CONFIG_INVALID', message: `${describePath(path)}: ${message}`, hint });
  });
  return configError('CONFIG_INVALID', source.path, problems);
}

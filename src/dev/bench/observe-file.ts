import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import type { SourcePopulation } from '../../contract/population.ts';
import { observeRecordings } from '../../observe/recordings.ts';
import { createRedactor } from '../../observe/redaction.ts';

/**
 * Reads a recording into runs as `aigate check` does, with a scenario, a monitor and redaction, and lets the runs go.
 * @throws Error when something in it was not understood: what is skipped is fast
 */
export async function observeFile(file: string): Promise<SourcePopulation> {
  const [population] = await observeRecordings(
    {
      root: dirname(file),
      sources: [
        {
          recording: basename(file),
          origin: 'production',
          window: undefined,
          sampling: 'none',
          total: undefined,
          excluded: undefined,
        },
      ],
      selectKeys: ['aigate.case'],
      signals: ['gen_ai.usage.input_tokens'],
      assess: () => '',
      assessArguments: () => undefined,
      keepsWords: false,
      findsSecrets: false,
      redact: createRedactor(new Uint8Array(32)),
      spillRoot: tmpdir(),
    },
    () => {},
  );
  if (population === undefined || population.problemCount > 0) {
    throw new Error(`${file}: ${JSON.stringify(population?.problems)}`);
  }
  return population;
}

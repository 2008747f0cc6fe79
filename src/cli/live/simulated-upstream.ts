import { AigateError } from '../../contract/errors.ts';
import { simulatedUpstream } from '../../observe/proxy/simulated-upstream.ts';
import type { Upstream } from '../../observe/proxy/upstream.ts';
import { parseScript } from '../../observe/simulate/parse-script.ts';
import { createSimulatedProvider } from '../../observe/simulate/simulated-provider.ts';
import { readText } from '../read-text.ts';

/** Fixed, so that the same release is simulated alike every time. */
const SEED = 1;

/** @throws AigateError FILE_UNREADABLE; CONFIG_INVALID with everything that is wrong with the script */
export async function openSimulated(root: string, path: string): Promise<Upstream> {
  const file = await readText(root, path);
  const parsed = parseScript(file.text, path);
  if (parsed.script === undefined) {
    throw new AigateError('CONFIG_INVALID', `${path}: the script of the simulated provider is invalid`, {
      hint: parsed.issues
        .map(({ path: at, message }) => `${at.map(String).join('.') || 'the file'}: ${message}`)
        .join('; '),
    });
  }
  return simulatedUpstream(createSimulatedProvider(parsed.script, { seed: SEED }));
}

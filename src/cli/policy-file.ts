import { readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { AigateError } from '../contract/errors.ts';
import type { SourceFile } from '../manifest/source-file.ts';
import { readText } from './read-text.ts';

/** Folders, absolute: `from` is what the path of a policy is relative to, `home` the installed package. */
export interface PolicyPlaces {
  readonly cwd: string;
  readonly from: string;
  readonly home: string;
}

const PACK_PREFIX = 'aigate:';

/**
 * Reads a policy by its spec: `FILE`, or `aigate:PACK` for one that ships with aigate, each optionally followed by
 * `@sha256:DIGEST`, which the bytes must have.
 * @throws AigateError FILE_UNREADABLE, POLICY_PACK_UNKNOWN, POLICY_PIN_MISMATCH
 */
export async function readPolicy(places: PolicyPlaces, spec: string): Promise<SourceFile> {
  const [, path = spec, pin] = /^(.*)@(?:sha256:)?([0-9a-fA-F]{64})$/.exec(spec) ?? [];
  const file = path.startsWith(PACK_PREFIX)
    ? await readPack(places.home, path)
    : await readText(places.cwd, relative(places.cwd, resolve(places.from, path)));
  if (pin !== undefined && pin.toLowerCase() !== file.sha256) {
    throw new AigateError('POLICY_PIN_MISMATCH', `${file.path} has sha256 ${file.sha256}, pinned was ${pin}`, {
      hint: 'Update the pin after reviewing the change of the policy, or restore the policy.',
    });
  }
  return file;
}

/** The pack is shown by its name: where the package lies on this machine is nobody's business. */
async function readPack(home: string, path: string): Promise<SourceFile> {
  const folder = join(home, 'gates/packs');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -5));
  const name = path.slice(PACK_PREFIX.length);
  if (!names.includes(name)) {
    throw new AigateError('POLICY_PACK_UNKNOWN', `no policy pack is called ${path}`, {
      hint: `Use one of ${names
        .sort()
        .map((known) => PACK_PREFIX + known)
        .join(', ')}.`,
    });
  }
  return { ...(await readText(folder, `${name}.yaml`)), path };
}

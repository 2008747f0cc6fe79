import { z } from 'zod';
import { AigateError } from '../contract/errors.ts';
import { CAPS, isListedPath, MANIFEST_FILE } from './layout.ts';
import { parseStrictJson } from './strict-json.ts';

const SCHEMA = 'urn:aigate:bundle:v1';

/** Lower-case letters, digits and inner hyphens: a UUID, and never a path. */
export const RUN_ID = /^[0-9a-z](?:[0-9a-z-]{0,62}[0-9a-z])?$/;

/** One listed file. `size` in bytes, `sha256` lower-case hex. */
const fileSchema = z.strictObject({
  path: z.string(),
  size: z.int().nonnegative().max(CAPS.fileBytes),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string().regex(/^[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64}$/),
  role: z.string().regex(/^[a-z0-9-]{1,64}$/),
});

const manifestSchema = z.strictObject({
  schema: z.literal(SCHEMA),
  runId: z.string().regex(RUN_ID),
  files: z.array(fileSchema).min(1).max(CAPS.files),
});

export type BundleEntry = Readonly<z.infer<typeof fileSchema>>;

/** `manifest.json`: every file below `files/`, and by its own digest the whole bundle. */
export interface BundleManifest {
  readonly schema: typeof SCHEMA;
  readonly runId: string;
  readonly files: readonly BundleEntry[];
}

/** The text of `manifest.json`. Holds writers to what readers accept. @throws as `parseManifest` */
export function renderManifest(runId: string, files: readonly BundleEntry[]): string {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const text = `${JSON.stringify({ schema: SCHEMA, runId, files: sorted }, null, 2)}\n`;
  parseManifest(Buffer.from(text));
  return text;
}

/** @throws AigateError BUNDLE_UNREADABLE, or BUNDLE_PATH for a path that is not allowed */
export function parseManifest(bytes: Uint8Array): BundleManifest {
  const parsed = manifestSchema.safeParse(parseStrictJson(bytes, MANIFEST_FILE));
  if (!parsed.success) {
    throw new AigateError('BUNDLE_UNREADABLE', `${MANIFEST_FILE} is malformed: ${z.prettifyError(parsed.error)}`);
  }
  const { files } = parsed.data;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > CAPS.totalBytes) {
    throw new AigateError('BUNDLE_UNREADABLE', `${MANIFEST_FILE} lists ${total} bytes, allowed are ${CAPS.totalBytes}`);
  }
  checkPaths(files);
  return parsed.data;
}

function checkPaths(files: readonly BundleEntry[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (!isListedPath(path)) throw new AigateError('BUNDLE_PATH', `${MANIFEST_FILE} lists ${JSON.stringify(path)}`);
    const folded = path.toLowerCase();
    if (seen.has(folded)) {
      throw new AigateError('BUNDLE_PATH', `${MANIFEST_FILE} lists ${path} twice, upper and lower case being the same`);
    }
    seen.add(folded);
  }
}

/** Names inside a bundle that signing and verification depend on. */
export const MANIFEST_FILE = 'manifest.json';
export const FILES_FOLDER = 'files';
export const ATTESTATIONS_FOLDER = 'attestations';
export const GATE_RESULT_ATTESTATION = `${ATTESTATIONS_FOLDER}/gate-result.sigstore.json`;
export const RELEASE_ATTESTATION = `${ATTESTATIONS_FOLDER}/release.sigstore.json`;
/** The published result: the canonical bytes that verification must obtain again. */
export const RESULTS_FILE = 'files/results.json';
/** The workload manifest that was judged. */
export const WORKLOAD_MANIFEST_FILE = 'files/manifest.yaml';

/** Far above what a run writes (runs are limited to 50 MB), low enough that a hostile bundle exhausts nothing. */
export const CAPS = {
  files: 10_000,
  fileBytes: 512 * 1024 * 1024,
  totalBytes: 1024 * 1024 * 1024,
  /** Files that are held in memory as a whole. */
  textBytes: 64 * 1024 * 1024,
  manifestBytes: 4 * 1024 * 1024,
  attestationBytes: 1024 * 1024,
} as const;

const SEGMENT = '[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?';
const LISTED_PATH = new RegExp(`^${FILES_FOLDER}(?:/${SEGMENT})+$`);

/**
 * Whether a manifest may list this path: ASCII, POSIX separators, below `files/`, at most 240 characters, no segment
 * that starts or ends with a dot (`..`, hidden files, and `a.`, which some systems read as `a`).
 */
export function isListedPath(path: string): boolean {
  return path.length <= 240 && LISTED_PATH.test(path);
}

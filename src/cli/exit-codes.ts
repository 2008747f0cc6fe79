import type { ErrorCode } from '../contract/errors.ts';

/** Exit codes of every command. Never reused for another meaning. */
export const EXIT = {
  /** Not blocked. */
  OK: 0,
  /** A gate failed, or `verify --require` was not met. */
  GATE_FAILED: 1,
  /** Usage, manifest or policy invalid; nothing was judged. */
  INVALID: 2,
  /** Not decided: evidence is missing. */
  INCONCLUSIVE: 3,
  /** A bundle does not verify. */
  NOT_VERIFIED: 4,
  /** A defect of aigate. */
  INTERNAL: 70,
  /** Stopped by SIGINT or SIGTERM. */
  INTERRUPTED: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** From the most to the least severe: over several workloads the first that occurs wins. */
const SEVERITY: readonly ExitCode[] = [
  EXIT.INTERNAL,
  EXIT.INTERRUPTED,
  EXIT.INVALID,
  EXIT.NOT_VERIFIED,
  EXIT.GATE_FAILED,
  EXIT.INCONCLUSIVE,
  EXIT.OK,
];

/** The worst of several exit codes; of none it is INVALID, because nothing was judged. */
export function worstExit(codes: readonly ExitCode[]): ExitCode {
  return SEVERITY.find((code) => codes.includes(code)) ?? EXIT.INVALID;
}

/** The exit code an expected error leads to. */
export function exitCodeFor(code: ErrorCode): ExitCode {
  switch (code) {
    case 'USAGE':
    case 'MANIFEST_NOT_FOUND':
    case 'FILE_UNREADABLE':
    case 'YAML_SYNTAX':
    case 'CONFIG_INVALID':
    case 'LIMIT_LOOSENED':
    case 'WORKLOAD_NOT_STARTED':
    case 'POLICY_PACK_UNKNOWN':
    case 'POLICY_PIN_MISMATCH':
    case 'PATH_ESCAPES':
    case 'OUTPUT_UNWRITABLE':
    case 'PROVIDER_KEY_MISSING':
    case 'KEY_UNUSABLE':
    case 'LOCK_INVALID':
    case 'LEARN_SOURCE':
      return EXIT.INVALID;
    case 'LOCK_NOT_FOUND':
    case 'MCP_NOT_STARTED':
    case 'MCP_UNREACHABLE':
    case 'MCP_REFUSED':
    case 'MCP_TIMEOUT':
    case 'MCP_ENDED':
    case 'MCP_TOO_MUCH':
    case 'MCP_GARBAGE':
    case 'MCP_WRONG_ID':
    case 'MCP_VERSION':
    case 'MCP_RESULT_INVALID':
      return EXIT.INCONCLUSIVE;
    case 'BUNDLE_UNREADABLE':
    case 'BUNDLE_FILE_MISSING':
    case 'BUNDLE_FILE_UNLISTED':
    case 'BUNDLE_FILE_CHANGED':
    case 'BUNDLE_FILE_TYPE':
    case 'BUNDLE_PATH':
    case 'SIGNATURE_MISSING':
    case 'SIGNATURE_MALFORMED':
    case 'SIGNATURE_INVALID':
    case 'STATEMENT_INVALID':
    case 'STATEMENT_MISMATCH':
    case 'VERDICT_MISMATCH':
    case 'ENGINE_VERSION':
    case 'PIN_MISMATCH':
    case 'DEMO_BUNDLE':
    case 'EXPIRED':
      return EXIT.NOT_VERIFIED;
  }
}

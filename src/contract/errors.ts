/**
 * Every code an expected failure may carry, one per thing the reader has to do. Stable: codes are never reused.
 * The exit code is chosen by the command line from the group (see `src/cli/exit-codes.ts`).
 */
export const ERROR_CODES = {
  // usage, manifest and policy: exit 2
  USAGE: 'The command line is not understood',
  MANIFEST_NOT_FOUND: 'No aigate.yaml where one was expected',
  FILE_UNREADABLE: 'A file named by the user cannot be read',
  YAML_SYNTAX: 'The YAML does not parse',
  CONFIG_INVALID: 'A key or value in manifest or policy is not allowed',
  LIMIT_LOOSENED: 'A limit is weaker than the layer above allows',
  WORKLOAD_NOT_STARTED: 'The workload could not be run at all',
  POLICY_PACK_UNKNOWN: 'No policy pack of that name ships with aigate',
  POLICY_PIN_MISMATCH: 'The policy file is not the one that was pinned',
  PATH_ESCAPES: 'A path leaves the folder it must stay in',
  OUTPUT_UNWRITABLE: 'The output folder cannot be written',
  PROVIDER_KEY_MISSING: 'The key of a model provider is not set',
  KEY_UNUSABLE: 'A key is not given, damaged or of a refused type',
  LOCK_INVALID: 'The lock of tools and prompts does not parse, or contradicts itself',
  LEARN_SOURCE: 'What a policy is to be learned from is not understood',
  // what a tool server serves is not known: exit 3
  LOCK_NOT_FOUND: 'There is no lock to compare with',
  MCP_NOT_STARTED: 'The program of a tool server could not be started',
  MCP_UNREACHABLE: 'Nobody takes connections at the address of a tool server',
  MCP_REFUSED: 'A tool server answered with an error',
  MCP_TIMEOUT: 'A tool server did not answer in time',
  MCP_ENDED: 'A tool server ended, or cut the connection, before it answered',
  MCP_TOO_MUCH: 'A tool server sent more than is read',
  MCP_GARBAGE: 'A tool server sent what is no JSON-RPC message',
  MCP_WRONG_ID: 'A tool server answered a request that was not sent',
  MCP_VERSION: 'A tool server speaks no version of the protocol that is understood',
  MCP_RESULT_INVALID: 'A tool server answered with a result that is not the one asked for',
  // bundle: exit 4
  BUNDLE_UNREADABLE: 'The folder is not a readable bundle',
  BUNDLE_FILE_MISSING: 'A listed file is missing',
  BUNDLE_FILE_UNLISTED: 'A file is present that the manifest does not list',
  BUNDLE_FILE_CHANGED: 'A listed file differs in size or digest',
  BUNDLE_FILE_TYPE: 'An entry is not a regular file',
  BUNDLE_PATH: 'A listed path is not allowed',
  SIGNATURE_MISSING: 'The bundle is not signed',
  SIGNATURE_MALFORMED: 'The signature envelope is malformed',
  SIGNATURE_INVALID: 'The signature does not verify under the given key',
  STATEMENT_INVALID: 'The signed statement is not the expected one',
  STATEMENT_MISMATCH: 'The signed statement contradicts the bundle',
  VERDICT_MISMATCH: 'Recomputing the verdict gives another result',
  ENGINE_VERSION: 'The bundle was written by another engine version',
  PIN_MISMATCH: 'A value pinned by the caller differs',
  DEMO_BUNDLE: 'The bundle is a demonstration',
  EXPIRED: 'The evaluation is older than the caller allows',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A problem located in a text file. Lines and columns from 1. */
export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly hint?: string;
  /** The lines around it with a marker under the offending columns. */
  readonly frame?: string;
}

/** An expected failure: what happened, what to do next, and for located problems all of them at once. */
export class AigateError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { readonly hint?: string; readonly problems?: readonly Problem[]; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AigateError';
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
}

import type { Json } from '../json.ts';

/** What a client may say it offers; what a server lists may depend on it. */
export const CLIENT_CAPABILITIES = ['sampling', 'elicitation', 'roots'] as const;
export type ClientCapability = (typeof CLIENT_CAPABILITIES)[number];

/** How a tool server is reached. Started or called only because the manifest names it. */
export type McpTarget =
  | {
      readonly type: 'command';
      /** Program and arguments; no shell reads them. */
      readonly command: readonly string[];
      readonly passEnv: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'http';
      readonly url: string;
      /** Values as declared: text, or `env:NAME`. */
      readonly headers: Readonly<Record<string, string>>;
    };

/** A tool server as declared. */
export interface McpServer {
  readonly target: McpTarget;
  readonly capabilities: readonly ClientCapability[];
  /** Names of the tools that the agent lets through; undefined = all. */
  readonly only: readonly string[] | undefined;
  /** For listing its tools, from its start, ms. */
  readonly timeoutMs: number;
}

/** Levels of a definition that are taken; schemas that people write have fewer than twenty. */
export const MOST_LEVELS = 100;

/** A tool as its server defines it: the whole object, whatever else is in it. */
export interface ServedTool {
  readonly [member: string]: Json;
  /** Not empty. */
  readonly name: string;
}

/** What a server says about itself and serves; texts are its own words. */
export interface ServerListing {
  /** The version of the protocol that both speak. */
  readonly protocol: string;
  readonly serverName: string | undefined;
  readonly serverVersion: string | undefined;
  /** What it tells the model about its use; undefined = nothing. */
  readonly instructions: string | undefined;
  /** As served, in its order. */
  readonly tools: readonly ServedTool[];
}

/** A definition with its digests, SHA-256 of canonical JSON in lower-case hex. */
export interface LockedTool {
  readonly name: string;
  /** Of the whole definition. */
  readonly hash: string;
  /** Of each member but the name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly definition: ServedTool;
}

/** What a server served when it was listed. */
export interface LockedServer {
  readonly protocol: string;
  /** What the client offered, sorted. */
  readonly clientCapabilities: readonly string[];
  readonly serverName?: string | undefined;
  readonly serverVersion?: string | undefined;
  readonly instructions?: string | undefined;
  /** Of instructions and tools: equal where the model is shown the same. */
  readonly hash: string;
  /** By name, then hash. */
  readonly tools: readonly LockedTool[];
}

/** Content of the lock: what was reviewed and may be served. */
export interface ToolLock {
  readonly lockVersion: 1;
  readonly servers: Readonly<Record<string, LockedServer>>;
  /** SHA-256 of prompts, skills and other artifacts, by path relative to the manifest. */
  readonly files: Readonly<Record<string, string>>;
}

/** What was found where the lock should be. */
export type LockReading =
  | { readonly status: 'absent'; readonly path: string }
  | { readonly status: 'invalid'; readonly path: string; readonly reason: string }
  | { readonly status: 'read'; readonly path: string; readonly sha256: string; readonly lock: ToolLock };

/** What came of asking a server. `code`: an error code such as `MCP_TIMEOUT`. */
export type ServedReading =
  | { readonly status: 'listed'; readonly server: LockedServer }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

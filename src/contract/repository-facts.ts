import type { RecordingProfile } from './recording-profile.ts';

/** Something that was found, with the place that says so. */
export interface FoundAt<T> {
  readonly value: T;
  /** `path` or `path:line`, relative to the repository. */
  readonly at: string;
}

/** A configured MCP server. Values of variables and headers are left where they are: they may be secrets. */
export interface FoundServer {
  readonly name: string;
  /** How it is reached, as far as its settings say; undefined = they do not. */
  readonly target:
    | { readonly command: readonly string[]; readonly passEnv: readonly string[] }
    | { readonly url: string }
    | undefined;
}

/** What a repository says about an AI workload, as far as files tell. */
export interface RepositoryFacts {
  /** From a package file; undefined = there is none, or it has no name. */
  readonly name: FoundAt<string> | undefined;
  readonly owner: FoundAt<string> | undefined;
  /** Globs that cover prompts, skills, tool definitions and settings that ship. */
  readonly artifacts: readonly string[];
  /** Globs that cover the code that calls models. */
  readonly code: readonly string[];
  /** Providers whose clients the code makes, each once. */
  readonly providers: readonly FoundAt<string>[];
  /** Models that code or gateway settings name, each once, most often named first. */
  readonly models: readonly FoundAt<string>[];
  /** Tools that the code offers to models, each once, in the order of the places. */
  readonly tools: readonly FoundAt<string>[];
  readonly gateway: FoundAt<string> | undefined;
  readonly mcpServers: readonly FoundAt<FoundServer>[];
  /** Recordings that hold runs. */
  readonly recordings: readonly { readonly path: string; readonly profile: RecordingProfile }[];
}

/** A manifest for somebody to complete. */
export interface ManifestDraft {
  readonly text: string;
  /** What only people can decide, in the order of urgency. */
  readonly decisions: readonly string[];
  /** How many values were guessed; each is marked in the text. */
  readonly guesses: number;
}

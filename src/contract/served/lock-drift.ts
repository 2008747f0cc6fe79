import { gainedAuthority, newAuthority } from './gained-authority.ts';
import type { LockedServer, LockedTool, ToolLock } from './served-tools.ts';
import { HINTS, hintOf } from './tool-hints.ts';
import { pairRenamed } from './tool-similarity.ts';

/** One difference between two locks, or between a lock and what is served. */
export type Drift = DriftSubject & {
  /** What it may do that was not possible before, in sentences; empty = nothing. */
  readonly gains: readonly string[];
  /** Annotations that changed, such as `destructiveHint false → true`. */
  readonly flips: readonly string[];
  /** Other members that changed: `description`, `inputSchema` … */
  readonly fields: readonly string[];
};

type DriftSubject =
  | { readonly change: 'server-added' | 'server-removed' | 'instructions-changed'; readonly server: string }
  | { readonly change: 'tool-added' | 'tool-removed' | 'tool-changed'; readonly server: string; readonly tool: string }
  | {
      readonly change: 'tool-renamed';
      readonly server: string;
      readonly tool: string;
      readonly from: string;
      /** 0–1. */
      readonly similarity: number;
    }
  | { readonly change: 'file-added' | 'file-removed' | 'file-changed'; readonly path: string };

const NOTHING = { gains: [], flips: [], fields: [] } as const;

/** Every difference: newly gained authority first, then changed annotations, then the rest, each by name. */
export function lockDrift(before: ToolLock, after: ToolLock): Drift[] {
  const servers = namesOf(before.servers, after.servers).flatMap((name) =>
    serverDrift(name, ownOf(before.servers, name), ownOf(after.servers, name)),
  );
  return [...servers, ...fileDrift(before.files, after.files)].sort(compare);
}

/** What one server serves against what is locked of it, in the same order. Undefined: it is not there. */
export function serverDrift(
  server: string,
  before: LockedServer | undefined,
  after: LockedServer | undefined,
): Drift[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) {
    const gains = [`new, with ${after?.tools.length ?? 0} tools`];
    return [{ ...NOTHING, change: 'server-added', server, gains }];
  }
  if (after === undefined) return [{ ...NOTHING, change: 'server-removed', server }];
  if (before.hash === after.hash) return [];
  const instructions: Drift[] =
    before.instructions === after.instructions ? [] : [{ ...NOTHING, change: 'instructions-changed', server }];
  return [...instructions, ...toolDrift(server, before.tools, after.tools)].sort(compare);
}

function fileDrift(before: ToolLock['files'], after: ToolLock['files']): Drift[] {
  return namesOf(before, after).flatMap((path): Drift[] => {
    const [was, is] = [ownOf(before, path), ownOf(after, path)];
    if (was === is) return [];
    const change = was === undefined ? 'file-added' : is === undefined ? 'file-removed' : 'file-changed';
    return [{ ...NOTHING, change, path }];
  });
}

function toolDrift(server: string, before: readonly LockedTool[], after: readonly LockedTool[]): Drift[] {
  const [old, now] = [numbered(before), numbered(after)];
  const changed = [...old].flatMap(([key, tool]): Drift[] => {
    const next = now.get(key);
    if (next === undefined || next.hash === tool.hash) return [];
    return [{ change: 'tool-changed', server, tool: tool.name, ...differences(tool, next) }];
  });
  const gone = [...old].filter(([key]) => !now.has(key)).map(([, tool]) => tool);
  const added = [...now].filter(([key]) => !old.has(key)).map(([, tool]) => tool);
  const renamed = pairRenamed(gone, added);
  const paired = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  return [
    ...changed,
    ...renamed.map(({ from, to, similarity }): Drift => {
      const subject = { change: 'tool-renamed', server, tool: to.name, from: from.name, similarity } as const;
      return { ...subject, ...differences(from, to) };
    }),
    ...added.flatMap((tool): Drift[] =>
      paired.has(tool)
        ? []
        : [{ ...NOTHING, change: 'tool-added', server, tool: tool.name, gains: [newAuthority(tool.definition)] }],
    ),
    ...gone.flatMap((tool): Drift[] =>
      paired.has(tool) ? [] : [{ ...NOTHING, change: 'tool-removed', server, tool: tool.name }],
    ),
  ];
}

function differences(before: LockedTool, after: LockedTool): Pick<Drift, 'gains' | 'flips' | 'fields'> {
  const fields = namesOf(before.fields, after.fields).filter(
    (field) => ownOf(before.fields, field) !== ownOf(after.fields, field),
  );
  const flips = HINTS.flatMap((hint) => {
    const [was, is] = [hintOf(before.definition, hint), hintOf(after.definition, hint)];
    return was === is ? [] : [`${hint} ${was ?? 'absent'} → ${is ?? 'absent'}`];
  });
  return { gains: gainedAuthority(before.definition, after.definition), flips, fields };
}

/** A name that a server lists twice stands for two tools. */
function numbered(tools: readonly LockedTool[]): Map<string, LockedTool> {
  const counts = new Map<string, number>();
  return new Map(
    tools.map((tool) => {
      const count = (counts.get(tool.name) ?? 0) + 1;
      counts.set(tool.name, count);
      return [`${count}\0${tool.name}`, tool];
    }),
  );
}

/** Names in either, each once, in the order of the code units. */
function namesOf(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function ownOf<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function compare(a: Drift, b: Drift): number {
  const rank = ({ gains, flips }: Drift) => (gains.length > 0 ? 0 : flips.length > 0 ? 1 : 2);
  return rank(a) - rank(b) || (placeOf(a) < placeOf(b) ? -1 : 1);
}

function placeOf(drift: Drift): string {
  if ('path' in drift) return `2\0${drift.path}`;
  return `1\0${drift.server}\0${'tool' in drift ? drift.tool : ''}`;
}

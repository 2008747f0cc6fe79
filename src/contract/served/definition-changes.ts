import { canonicalJson, type Json } from '../json.ts';
import { visible } from '../visible-text.ts';
import { describeSubject } from './describe-drift.ts';
import { type Drift, lockDrift } from './lock-drift.ts';
import type { ServedAgainstLock } from './served-against-lock.ts';
import type { LockedServer, LockedTool, ToolLock } from './served-tools.ts';

/** One member of a definition that is not as it was reviewed, as a line of a diff. */
export interface DefinitionChange {
  /** Which definition: `server/tool changed`. */
  readonly subject: string;
  /** Name of the member, such as `description`; `definition` where all of it came or went. */
  readonly field: string;
  /** The text around the first difference, with nothing hidden; null = it was not there. */
  readonly locked: string | null;
  readonly served: string | null;
  /** What may be done that was not possible before, in sentences; empty = nothing. */
  readonly gains: readonly string[];
}

/** UTF-16 units shown of a text, and of what stands before the difference. */
const [SHOWN, BEFORE] = [240, 40];

/** More is no review; how many differ, the check says. */
const MOST_CHANGES = 500;

/** Members that differ, newly gained authority first, then changed annotations, then the rest; at most 500. */
export function definitionChanges({ before, after }: ServedAgainstLock): DefinitionChange[] {
  return lockDrift(before, after)
    .flatMap((drift) => changesOf(drift, { before, after }))
    .slice(0, MOST_CHANGES);
}

function changesOf(drift: Drift, { before, after }: ServedAgainstLock): DefinitionChange[] {
  const { gains } = drift;
  const subject = describeSubject(drift);
  const change = (field: string, was: Json | undefined, is: Json | undefined): DefinitionChange => {
    const [locked, served] = shownAround(textOf(was), textOf(is));
    return { subject, field, locked, served, gains };
  };
  switch (drift.change) {
    case 'server-added':
    case 'server-removed':
      return [change('server', namesOf(serverOf(before, drift.server)), namesOf(serverOf(after, drift.server)))];
    case 'instructions-changed':
      return [
        change(
          'instructions',
          serverOf(before, drift.server)?.instructions,
          serverOf(after, drift.server)?.instructions,
        ),
      ];
    case 'tool-added':
    case 'tool-removed':
      return [change('definition', toolOf(before, drift)?.definition, toolOf(after, drift)?.definition)];
    case 'tool-changed':
    case 'tool-renamed': {
      const was = toolOf(before, { ...drift, tool: drift.change === 'tool-renamed' ? drift.from : drift.tool });
      const is = toolOf(after, drift);
      return drift.fields.map((field) => change(field, was?.definition[field], is?.definition[field]));
    }
    case 'file-added':
    case 'file-removed':
    case 'file-changed':
      return [];
  }
}

function serverOf({ servers }: ToolLock, name: string): LockedServer | undefined {
  return Object.hasOwn(servers, name) ? servers[name] : undefined;
}

function toolOf(
  lock: ToolLock,
  { server, tool }: { readonly server: string; readonly tool: string },
): LockedTool | undefined {
  return serverOf(lock, server)?.tools.find(({ name }) => name === tool);
}

function namesOf(server: LockedServer | undefined): Json | undefined {
  return server?.tools.map(({ name }) => name);
}

/** Canonical, so that the order of members is no difference. */
function textOf(value: Json | undefined): string | null {
  return value === undefined ? null : typeof value === 'string' ? value : canonicalJson(value);
}

/** Both from the same place, shortly before they part. */
function shownAround(was: string | null, is: string | null): readonly [string | null, string | null] {
  const parting = was === null || is === null ? 0 : firstDifference(was, is);
  const from = Math.max(0, parting - BEFORE);
  return [cut(was, from), cut(is, from)];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at;
}

function cut(text: string | null, from: number): string | null {
  if (text === null) return null;
  const [start, end] = [from > 0 ? '…' : '', text.length > from + SHOWN ? '…' : ''];
  return `${start}${visible(text.slice(from, from + SHOWN))}${end}`;
}

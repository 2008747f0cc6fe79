import type { Json } from '../json.ts';
import { showName } from '../name-counts.ts';
import type { ServedTool } from './served-tools.ts';
import { hintsOf } from './tool-hints.ts';
import { argumentsOf, memberOf, objectOf, schemaFault } from './tool-schema.ts';

/** What a tool may do that it could not do before, as its definition says; empty = nothing. */
export function gainedAuthority(before: ServedTool, after: ServedTool): readonly string[] {
  const [was, is] = [hintsOf(before), hintsOf(after)];
  return [
    ...(was.readOnly && !is.readOnly ? ['it may write'] : []),
    ...(!was.destructive && is.destructive ? ['it may destroy or overwrite'] : []),
    ...(!was.openWorld && is.openWorld ? ['it may reach beyond its own domain'] : []),
    ...gainedArguments(before, after),
  ];
}

/** What a tool that was not there before may do. */
export function newAuthority(tool: ServedTool): string {
  const { readOnly, destructive } = hintsOf(tool);
  if (readOnly) return 'new, it says that it only reads';
  if (tool['annotations'] === undefined) return 'new, without annotations: it may write and destroy';
  return destructive ? 'new, it may write and destroy' : 'new, it may write';
}

function gainedArguments(before: ServedTool, after: ServedTool): string[] {
  const [was, is] = [before['inputSchema'], after['inputSchema']];
  if (schemaFault(was) !== undefined) return [];
  const fault = schemaFault(is);
  if (fault !== undefined) return [`it takes whatever it is given: its input schema ${fault}`];
  const [old, now] = [new Map(argumentsOf(before)), argumentsOf(after)];
  const added = now.filter(([name]) => !old.has(name)).map(([name]) => name);
  const freed = now.filter(([name, schema]) => hasLostLimits(old.get(name), schema)).map(([name]) => name);
  const isOpened = isClosed(was) && !isClosed(is);
  return [
    ...(isOpened ? ['it takes arguments that it does not name'] : []),
    ...(added.length > 0 ? [`it takes ${list(added)} too`] : []),
    ...(freed.length > 0 ? [`it limits ${list(freed)} less`] : []),
  ];
}

const MOST_NAMES = 5;

function list(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  return [...names.slice(0, MOST_NAMES).map(showName), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

function isClosed(schema: Json | undefined): boolean {
  return memberOf(objectOf(schema), 'additionalProperties') === false;
}

const LIMITS = ['enum', 'const', 'pattern', 'format', 'maximum', 'maxLength', 'maxItems', 'minimum'] as const;

/** A limit that is gone, or a list of allowed values that has grown. */
function hasLostLimits(before: Json | undefined, after: Json): boolean {
  const [was, is] = [objectOf(before), objectOf(after)];
  if (was === undefined) return false;
  if (LIMITS.some((limit) => memberOf(was, limit) !== undefined && memberOf(is, limit) === undefined)) return true;
  const [values, now] = [memberOf(was, 'enum'), memberOf(is, 'enum')];
  if (!Array.isArray(values) || !Array.isArray(now)) return false;
  const known = new Set(values.map((value) => JSON.stringify(value)));
  return now.some((value) => !known.has(JSON.stringify(value)));
}

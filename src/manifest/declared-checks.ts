import type { AnyCheck } from '../contract/check.ts';
import type { Json } from '../contract/json.ts';
import type { DeclaredCheck, DeclaredChecks, Position } from '../contract/manifest.ts';
import type { Config } from './read-config.ts';

/** The `gates` section as check id → limits with places; short forms are read by their check. */
export function declaredChecks(
  config: Config<{ readonly gates?: unknown }>,
  catalogue: readonly AnyCheck[],
): DeclaredChecks {
  const declared = catalogue.flatMap((check) => {
    const path = ['gates', ...check.meta.id.split('/')];
    const stated = path.reduce<unknown>(memberOf, config.value);
    return stated === undefined ? [] : [[check.meta.id, declaredCheck(check, stated, { config, path })] as const];
  });
  return Object.fromEntries(declared);
}

interface Where {
  readonly config: Config<unknown>;
  readonly path: readonly string[];
}

function declaredCheck(check: AnyCheck, stated: unknown, { config, path }: Where): DeclaredCheck {
  const isShort = typeof stated === 'string';
  const values: Record<string, Json> = {};
  const positions: Record<string, Position> = {};
  const limits = isShort ? check.parseShorthand?.(stated) : stated;
  for (const name of Object.keys(check.limits)) {
    const value = memberOf(limits, name);
    if (value === undefined) continue;
    values[name] = value as Json;
    positions[name] = config.valuePosition(isShort ? path : [...path, name]);
  }
  return { values, positions, position: config.keyPosition(path) };
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

import type { AnyCheck } from '../contract/check.ts';
import type { Problem } from '../contract/errors.ts';
import { canonicalJson, type Json } from '../contract/json.ts';
import type { Limit } from '../contract/limit.ts';
import type { DeclaredChecks, Position } from '../contract/manifest.ts';
import type { LimitOrigin, PlannedCheck } from '../contract/plan.ts';

/** What one file says about limits. */
export interface Layer {
  readonly layer: 'policy' | 'manifest';
  /** The base policy: the only layer that may loosen a built-in default. */
  readonly isBase: boolean;
  readonly checks: DeclaredChecks;
}

type Limits = Pick<PlannedCheck, 'limits' | 'origins'>;

interface Setting {
  readonly value: Json;
  readonly origin: LimitOrigin;
}

/**
 * The limits of one check over all layers, base first. The base policy may loosen a built-in default; apart from that
 * each layer may only tighten what stands, and a weaker value is a problem that changes nothing.
 */
export function layerLimits(check: AnyCheck, layers: readonly Layer[]): Limits & { readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const settings = Object.entries<Limit>(check.limits).flatMap(([name, limit]) => {
    let setting = builtIn(limit);
    for (const { layer, isBase, checks } of layers) {
      const declared = checks[check.meta.id];
      const value = declared?.values[name];
      if (declared === undefined || value === undefined) continue;
      const position = declared.positions[name] ?? declared.position;
      const proposed: Setting = { value, origin: { layer, at: `${position.file}:${position.line}` } };
      const mayLoosen = isBase && setting?.origin.layer === 'default';
      if (setting !== undefined && !mayLoosen && !limit.isAtLeastAsTight(proposed.value, setting.value)) {
        problems.push(loosened({ path: pathOf(check, name), standing: setting, proposed, position }));
        continue;
      }
      setting = later(setting, proposed);
    }
    return setting === undefined ? [] : [[name, setting] as const];
  });
  return {
    limits: Object.fromEntries(settings.map(([name, { value }]) => [name, value])),
    origins: Object.fromEntries(settings.map(([name, { origin }]) => [name, origin])),
    problems,
  };
}

function builtIn({ fallback }: Limit): Setting | undefined {
  return fallback === undefined ? undefined : { value: fallback, origin: { layer: 'default', at: undefined } };
}

/**
 * Saying the same again moves nothing: the bar stays with whoever set it. Only a default passes to who repeats it, so
 * that the result names who vouches for it.
 */
function later(standing: Setting | undefined, proposed: Setting): Setting {
  if (standing === undefined || standing.origin.layer === 'default') return proposed;
  return canonicalJson(standing.value) === canonicalJson(proposed.value) ? standing : proposed;
}

interface Loosening {
  readonly path: string;
  readonly standing: Setting;
  readonly proposed: Setting;
  readonly position: Position;
}

function loosened({ path, standing, proposed, position }: Loosening): Problem {
  const bar = JSON.stringify(standing.value);
  const owner = standing.origin.at === undefined ? 'the built-in default' : `the policy at ${standing.origin.at}`;
  return {
    code: 'LIMIT_LOOSENED',
    message: `${path}: ${JSON.stringify(proposed.value)} is weaker than ${bar}, set by ${owner}`,
    hint: `Keep ${bar} or tighten it; a weaker bar is for a policy outside this change to set.`,
    ...position,
  };
}

function pathOf(check: AnyCheck, name: string): string {
  return `gates.${check.meta.id.replace('/', '.')}.${name}`;
}

import { z } from 'zod';
import type { AnyCheck } from '../../contract/check.ts';
import { GATE_IDS, type GateId } from '../../contract/gate.ts';
import type { Limit } from '../../contract/limit.ts';
import { expectedBy, OWN_WORDING, shown } from '../describe-issue.ts';

/** The `gates` section of manifest and policy: gate → check → limits, as the catalogue has them. */
export function limitsSchema(catalogue: readonly AnyCheck[]) {
  const gates = GATE_IDS.map((gate) => [gate, gateSchema(gate, catalogue).optional()] as const);
  return z.strictObject(Object.fromEntries(gates)).meta({ description: 'Limits by gate and check' });
}

function gateSchema(gate: GateId, catalogue: readonly AnyCheck[]) {
  const checks = catalogue
    .filter(({ meta }) => meta.id.startsWith(`${gate}/`))
    .map((check) => [check.meta.id.slice(gate.length + 1), checkSchema(check).optional()] as const);
  return z.strictObject(Object.fromEntries(checks)).meta({ description: `Limits of the ${gate} gate` });
}

function checkSchema(check: AnyCheck): z.ZodType {
  const limits = Object.entries<Limit>(check.limits).map(
    ([name, limit]) => [name, limit.schema.meta({ description: describe(limit) }).optional()] as const,
  );
  const description = check.meta.title;
  const map = z.strictObject(Object.fromEntries(limits)).meta({ description });
  return check.parseShorthand === undefined ? map : z.union([map, shorthandSchema(check)]).meta({ description });
}

function describe({ description, unit, fallback }: Limit): string {
  const inUnit = unit === undefined || unit === 'count' ? '' : ` (${unit})`;
  return `${description}${inUnit}${fallback === undefined ? '' : `; default ${JSON.stringify(fallback)}`}`;
}

function shorthandSchema(check: AnyCheck) {
  return z
    .string()
    .superRefine((text, context) => {
      try {
        for (const [name, value] of Object.entries(check.parseShorthand?.(text) ?? {})) {
          const { error } = (check.limits[name] as Limit).schema.safeParse(value, OWN_WORDING);
          for (const issue of error?.issues ?? []) {
            context.addIssue({ code: 'custom', message: `expected ${name} ${expectedBy(issue)}, got ${shown(value)}` });
          }
        }
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        context.addIssue({ code: 'custom', message: cause.message });
      }
    })
    .meta({ description: 'Short form of the limits' });
}

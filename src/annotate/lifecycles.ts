import type { LifecycleLookup, LifecycleTable, ModelLifecycle } from '../contract/lifecycle.ts';
import { modelName } from '../contract/model-name.ts';
import { providerId } from '../contract/provider-name.ts';

/** What is known of lifecycles, and the rows that were asked for and found. */
export interface KnownLifecycles {
  readonly readOn: string;
  readonly lookup: LifecycleLookup;
  /** Rows in order of provider and model, so that equal judgements give equal bytes. */
  used(): LifecycleTable;
}

/** The dated copy inside this package: nothing is fetched. */
export async function listedLifecycles(): Promise<KnownLifecycles> {
  const { default: list } = await import('./lifecycle.json', { with: { type: 'json' } });
  return knownLifecycles({ ...list, models: list.models.map(toLifecycle) });
}

/** Lifecycles of a table, by provider and model under any of their names. */
export function knownLifecycles(table: LifecycleTable): KnownLifecycles {
  const rows = new Map(table.models.map((row) => [keyOf(row.provider, row.model), row]));
  const asked = new Set<string>();
  return {
    readOn: table.readOn,
    lookup(provider, model) {
      const key = keyOf(provider, model);
      asked.add(key);
      return rows.get(key);
    },
    used: () => ({ ...table, models: [...asked].sort().flatMap((key) => rows.get(key) ?? []) }),
  };
}

function keyOf(provider: string, model: string): string {
  return `${providerId(provider)}\n${modelName(model)}`;
}

function toLifecycle(row: {
  provider: string;
  model: string;
  status: string;
  shutdown?: string;
  replacement?: string;
}): ModelLifecycle {
  const { provider, model, shutdown, replacement } = row;
  return { provider, model, status: statusOf(row.status), shutdown, replacement };
}

function statusOf(text: string): ModelLifecycle['status'] {
  switch (text) {
    case 'active':
    case 'deprecated':
    case 'retired':
      return text;
    default:
      throw new RangeError(`no status of a lifecycle: ${text}`);
  }
}

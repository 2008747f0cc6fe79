import { daysBetween } from '../../src/contract/days-between.ts';
import type { LifecycleLookup, ModelLifecycle } from '../../src/contract/lifecycle.ts';
import { makerOf } from '../../src/contract/model-maker.ts';
import { showName } from '../../src/contract/name-counts.ts';
import { quantity } from '../../src/contract/quantity.ts';
import { companyId } from './dimensions.ts';

/** How long a model goes on answering, as far as the table knows. */
export interface Lifespan {
  /** Days from the day of evaluation to the shutdown, 0 or less once it is over; undefined = no end is announced. */
  readonly daysLeft: number | undefined;
  /** For messages: what the table says, and of whose model on whose platform. */
  readonly text: string;
}

/** A model and who may be the platform that serves it. */
interface Called {
  readonly provider: string | undefined;
  readonly cloud: string | undefined;
  readonly model: string;
}

/**
 * What the table knows of a model on `day`: by its provider and by the cloud it is labelled with, whichever ends first,
 * because platforms shut the same model down on days of their own. Where neither is in the table, by its maker, whose
 * dates other platforms need not follow. Undefined: it is not in the table at all.
 */
export function lifespanOf(
  { provider, cloud, model }: Called,
  lookup: LifecycleLookup,
  day: string,
): Lifespan | undefined {
  const platforms = new Set([
    ...(provider === undefined ? [] : [companyId(provider)]),
    ...(cloud === undefined ? [] : [companyId(cloud)]),
  ]);
  const spans = [...platforms].flatMap((platform) => {
    const row = lookup(platform, model);
    return row === undefined ? [] : [spanOf(row, `on ${showName(platform)}`, day)];
  });
  if (spans.length > 0) return soonest(spans);
  const maker = makerOf(model);
  const row = maker === undefined || platforms.has(maker) ? undefined : lookup(maker, model);
  return row && spanOf(row, `by its maker ${row.provider}, not known on ${listed(platforms)}`, day);
}

/** The one that ends first; undefined for none. */
export function soonest(spans: readonly Lifespan[]): Lifespan | undefined {
  const endOf = ({ daysLeft }: Lifespan) => daysLeft ?? Number.MAX_SAFE_INTEGER;
  return spans.toSorted((a, b) => endOf(a) - endOf(b))[0];
}

/** Whether it has an end with fewer days to go. */
export function endsWithin({ daysLeft }: Lifespan, days: number): boolean {
  return daysLeft !== undefined && daysLeft < days;
}

function listed(platforms: ReadonlySet<string>): string {
  return platforms.size === 0 ? 'any recorded platform' : [...platforms].map(showName).join(' or ');
}

/** The status is as of the day on which the table was read: a shutdown that has a date is judged by the date. */
function spanOf({ status, shutdown, replacement }: ModelLifecycle, where: string, day: string): Lifespan {
  const instead = replacement === undefined ? '' : `, replaced by ${showName(replacement)}`;
  if (shutdown !== undefined) {
    const daysLeft = daysBetween(day, shutdown);
    // A date that had not come when the table was read may have been moved since.
    const past = status === 'retired' ? 'was shut down' : 'was to be shut down';
    const when =
      daysLeft > 0 ? `is shut down on ${shutdown}, in ${quantity(daysLeft, 'day')}` : `${past} on ${shutdown}`;
    return { daysLeft, text: `${when} (${where})${instead}` };
  }
  switch (status) {
    case 'active':
      return { daysLeft: undefined, text: `has no announced end (${where})` };
    case 'deprecated':
      return { daysLeft: 0, text: `is deprecated without a date and may end any day (${where})${instead}` };
    case 'retired':
      return { daysLeft: 0, text: `is retired (${where})${instead}` };
  }
}

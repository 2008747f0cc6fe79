import { type CheckResult, defineCheck, OBSERVED_KINDS, type Tables } from '../../../src/contract/check.ts';
import { daysBetween } from '../../../src/contract/days-between.ts';
import { maximum, minimum, optional } from '../../../src/contract/limit.ts';
import { quantity } from '../../../src/contract/quantity.ts';
import { formatMeasurement, type Measurement } from '../../../src/contract/units.ts';
import { witnessesOf } from '../../../src/contract/witness.ts';
import { endsWithin, soonest } from '../lifespan.ts';
import calledModels from '../measures/called-models.ts';
import { declaredModels, describeEndingVersions, type Model, otherModels } from '../model-lifespans.ts';

/** Shutdowns are announced with as little as 60 days of notice: a table older than a month may miss one. */
const STALE_AFTER_DAYS = 30;

export default defineCheck({
  meta: {
    id: 'provider-dependency/model-lifecycle',
    title: 'Every declared model goes on answering for long enough to be replaced in time',
    severity: 'blocker',
    why: 'A model that its provider shuts down fails on every call from that day on, however well it was tested, and the fallback that was chosen years ago may be gone before it.',
    remediation: [
      'Replace each named model, the fallbacks too, by one with a later shutdown; the table names a replacement where the provider does.',
      'Record runs with the new model and test again: its quality, cost and refusals are not those of the old one.',
      'Look up models that the table does not know on the page of their provider.',
    ],
    controls: [
      'NIST-AI-RMF:GOVERN-6.1',
      'NIST-AI-RMF:MANAGE-3.1',
      'NIST-AI-RMF:MANAGE-3.2',
      'ISO-42001:A.10.3',
      'ISO-42001:A.6.2.6',
      'DORA:28(8)',
      'SOC2:CC9.2',
    ],
    kinds: OBSERVED_KINDS,
    subject: 'every-workload',
    since: '2026-11-25',
  },
  needs: { called: calledModels },
  limits: {
    noticeDays: minimum({
      unit: 'days',
      isInteger: true,
      range: [1, 3_650],
      fallback: 90,
      description: 'Days that every model must still answer',
    }),
    unknown: maximum({
      unit: 'count',
      isInteger: true,
      fallback: 0,
      description: 'Declared models that the lifecycle table does not know',
    }),
    tableAgeDays: optional(
      maximum({ unit: 'days', isInteger: true, range: [1, 3_650], description: 'Age of the lifecycle table' }),
    ),
  },
  evaluate({ called }, limits, { plan, tables }): CheckResult {
    const question = { plan, tables, called };
    const [declared, others] = [declaredModels(question), otherModels(question)];
    const ending = [...declared, ...others].filter(({ span }) => span && endsWithin(span, limits.noticeDays));
    const unknown = declared.filter(({ span }) => span === undefined);
    const age = daysBetween(tables.lifecyclesReadOn, plan.evaluatedAt);
    const source = `${describeEndingVersions(question, limits.noticeDays)}; ${describeTable(tables, age)}`;
    const soon = soonest([...declared, ...others].flatMap(({ span }) => span ?? []))?.daysLeft;
    const notice = { limit: days(limits.noticeDays), limitName: 'noticeDays', n: called.runs };
    if (ending.length > 0) {
      const message = `${quantity(ending.length, 'model')} with less than ${formatMeasurement(notice.limit)} to go: ${describe(ending)}${source}`;
      const evidence = witnessesOf(ending.flatMap(({ at }) => at));
      return { outcome: 'fail', ...notice, measured: days(soon ?? 0), message, evidence };
    }
    const seen = { n: called.runs, evidence: [], message: `${describe(declared)}${source}` };
    const counted = { ...seen, measured: count(unknown.length), limit: count(limits.unknown), limitName: 'unknown' };
    if (unknown.length > limits.unknown) return { outcome: 'inconclusive', ...counted, missing: UNKNOWN };
    if (limits.tableAgeDays !== undefined && age > limits.tableAgeDays) {
      const aged = { measured: days(age), limit: days(limits.tableAgeDays), limitName: 'tableAgeDays' };
      return { outcome: 'inconclusive', ...seen, ...aged, missing: OLD_TABLE };
    }
    return { outcome: 'pass', ...(soon === undefined ? counted : { ...seen, ...notice, measured: days(soon) }) };
  },
});

const UNKNOWN = {
  input: 'lifecycles of the declared models',
  remedy:
    'Declare models under the names of their provider; look up the shutdown of those that the table does not know, and let the policy accept as many under unknown.',
};

const OLD_TABLE = {
  input: 'a recent lifecycle table',
  remedy: 'Use a newer version of aigate: the table is part of it, and nothing is fetched.',
};

function describe(models: readonly Model[]): string {
  return models
    .map(({ name, span }) => (span === undefined ? `${name} is not in the lifecycle table` : `${name} ${span.text}`))
    .join('; ');
}

function describeTable({ lifecyclesReadOn }: Tables, ageDays: number): string {
  const stale = ageDays > STALE_AFTER_DAYS ? `, which is stale: ${quantity(ageDays, 'day')} old` : '';
  return `lifecycles as of ${lifecyclesReadOn}${stale}`;
}

function days(value: number): Measurement {
  return { value, unit: 'days' };
}

function count(value: number): Measurement {
  return { value, unit: 'count' };
}

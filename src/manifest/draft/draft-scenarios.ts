import type { NameCounts } from '../../contract/name-counts.ts';
import { RECORDING_KEY } from '../../contract/plan.ts';
import type { RecordingProfile } from '../../contract/recording-profile.ts';
import { guess, scalar } from './yaml-line.ts';

/** Attributes that tell tasks apart, best first; their last part is compared. */
const TELLING = [
  'case',
  'scenario',
  'task',
  'intent',
  'use_case',
  'usecase',
  'workflow',
  'feature',
  'category',
  'route',
  'name',
  'tags',
];
const MOST_SCENARIOS = 12;
/** Share of runs that must carry the attribute. */
const COVERED = 0.95;

export interface DraftedScenarios {
  readonly lines: readonly string[];
  /** Whether runs are told apart at all. */
  readonly isSplit: boolean;
}

/** Scenarios by the attribute of the recordings that tells tasks apart best: at the least by the recordings themselves. */
export function draftScenarios(profiles: readonly RecordingProfile[]): DraftedScenarios {
  const runs = profiles.reduce((sum, { population }) => sum + population.runs, 0);
  const [found] = [...attributesOf(profiles)]
    .filter(([, { total, names }]) => total >= COVERED * runs && names.length <= MOST_SCENARIOS)
    // A value of its own for every run tells runs apart, not tasks.
    .filter(([, { names }]) => names.length === 1 || names.length < runs)
    .flatMap(([key, values]) => {
      const rank = rankOf(key, values);
      return rank === undefined ? [] : [{ key, values, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  if (found === undefined) {
    const line = `  - { id: main, share: 1, select: { aigate.case: main } }${guess('no recording tells tasks apart; record aigate.case')}`;
    return { lines: [line], isSplit: false };
  }
  const { key, values } = found;
  const { names, total } = values;
  return { lines: scenarioLines(key, names, total), isSplit: names.length > 1 };
}

function attributesOf(profiles: readonly RecordingProfile[]): Map<string, NameCounts> {
  const attributes = new Map<string, NameCounts>();
  for (const { attributes: ofOne } of profiles) {
    for (const [key, { total, names }] of Object.entries(ofOne)) {
      const before = attributes.get(key) ?? { total: 0, names: [] };
      const merged = new Map(before.names);
      for (const [name, count] of names) merged.set(name, (merged.get(name) ?? 0) + count);
      attributes.set(key, { total: before.total + total, names: [...merged] });
    }
  }
  return attributes;
}

/** Lower is better: several values before one, then what is named most like a task. Undefined: it tells no tasks apart. */
function rankOf(key: string, { names }: NameCounts): number | undefined {
  const last = key.slice(Math.max(key.lastIndexOf('.'), key.lastIndexOf('/')) + 1).toLowerCase();
  const named = key === RECORDING_KEY ? TELLING.length : TELLING.indexOf(last);
  return named === -1 ? undefined : named + (names.length > 1 ? 0 : 2 * TELLING.length);
}

function scenarioLines(key: string, names: NameCounts['names'], total: number): string[] {
  const ordered = names.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shares = ordered.map(([, count]) => Math.floor((10_000 * count) / total));
  // Shares are whole parts of ten thousand, so that their sum is exact; the most frequent takes the rest.
  const rest = 10_000 - shares.reduce((sum, share) => sum + share, 0);
  const ids = new Set<string>();
  return ordered.map(([value, count], i) => {
    const share = ((shares[i] ?? 0) + (i === 0 ? rest : 0)) / 10_000;
    const select = `{ ${scalar(key)}: ${JSON.stringify(value)} }`;
    const id = identifierOf(value, ids);
    return `  - { id: ${scalar(id)}, share: ${share}, select: ${select} }${guess(`the share of ${count} of ${total} recorded runs`)}`;
  });
}

function identifierOf(value: string, taken: Set<string>): string {
  const base =
    value
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '')
      .slice(0, 60) || 'scenario';
  let id = base;
  for (let i = 2; taken.has(id) || id in {}; i++) id = `${base}-${i}`;
  taken.add(id);
  return id;
}

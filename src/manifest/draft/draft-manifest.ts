import type { ManifestDraft, RepositoryFacts } from '../../contract/repository-facts.ts';
import { draftModels } from './draft-models.ts';
import { draftScenarios } from './draft-scenarios.ts';
import { draftServers } from './draft-servers.ts';
import { draftTools } from './draft-tools.ts';
import { guess, scalar } from './yaml-line.ts';

export interface DraftOptions {
  /** Name of the folder, where nothing else names the workload. */
  readonly folder: string;
  /** What the modeline points editors at. */
  readonly schema: string;
}

/** A manifest that can be judged as it is: what cannot be known is guessed, marked, and listed for somebody to decide. */
export function draftManifest(facts: RepositoryFacts, { folder, schema }: DraftOptions): ManifestDraft {
  const models = draftModels(facts);
  const tools = draftTools(facts);
  const scenarios = draftScenarios(facts.recordings.map(({ profile }) => profile));
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    '# Written by aigate init. Lines marked "guess" wait for somebody who knows.',
    'version: 1',
    'workload:',
    ...workloadLines(facts, folder, tools),
    'models:',
    ...models.lines,
    ...list('dependencies:', facts.mcpServers.map(dependencyLine)),
    `traffic: { monthlyRuns: 1000 }${guess('nobody wrote down how many runs a month has')}`,
    ...list('tools:', tools),
    ...draftServers(facts.mcpServers),
    ...list('sources:', facts.recordings.map(sourceLine)),
    'scenarios:',
    ...scenarios.lines,
    ...GATES,
  ];
  return {
    text: `${lines.join('\n')}\n`,
    decisions: decisionsOf({
      facts,
      isModelKnown: models.isKnown,
      hasTools: tools.length > 0,
      isSplit: scenarios.isSplit,
    }),
    guesses: lines.filter((line) => line.includes('# guess:')).length,
  };
}

function list(head: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [head, ...items];
}

function workloadLines(
  { name, owner, artifacts, code }: RepositoryFacts,
  folder: string,
  tools: readonly string[],
): string[] {
  const globs = (key: string, values: readonly string[]) =>
    values.length === 0 ? [] : [`  ${key}: [${values.map(scalarGlob).join(', ')}]${guess('by the names of files')}`];
  return [
    `  name: ${scalar(name?.value ?? folder)}${guess(name?.at ?? 'the name of the folder')}`,
    `  owner: ${scalar(owner?.value ?? 'undecided')}${guess(owner?.at ?? 'nobody is named')}`,
    `  lane: production${guess('the strictest; experimental and early-access ask for less')}`,
    `  autonomy: ${autonomyLine(tools)}`,
    ...globs('artifacts', artifacts),
    ...globs('code', code),
  ];
}

/** Tools that were not seen may write. */
function autonomyLine(tools: readonly string[]): string {
  if (tools.length === 0) return `execute-with-approval${guess('no tool was seen; suggest where it has none')}`;
  const writes = tools.some((line) => !line.includes('effect: read'));
  return writes
    ? `execute-with-approval${guess('a tool seems to write')}`
    : `suggest${guess('no tool seems to write')}`;
}

/** `*` begins an alias and `{` a map: globs are quoted unless they are plain. */
function scalarGlob(glob: string): string {
  return /^[A-Za-z][\w./-]*(?:\/\*\*)?$/.test(glob) ? glob : JSON.stringify(glob);
}

function dependencyLine({ value, at }: RepositoryFacts['mcpServers'][number]): string {
  return `  - { name: ${scalar(value.name)}, kind: service, critical: false }${guess(`an MCP server in ${at}`)}`;
}

function sourceLine({ path, profile }: RepositoryFacts['recordings'][number]): string {
  const { form, runs } = profile.population;
  return `  - { recording: ${scalar(path)}, origin: test, sampling: unknown }${guess(`${runs} runs in the form ${form}`)}`;
}

/** Limits are promises: none is guessed. */
const GATES = [
  '# Limits are for the owner to set; until then these checks stay inconclusive.',
  '# gates:',
  '#   cost: { monthly-cost: { usd: 1000 } }',
  '#   reliability: { latency: "p(95)<8000ms", availability: "rate>=0.99", response-quality: "rate>=0.95" }',
];

interface Known {
  readonly facts: RepositoryFacts;
  readonly isModelKnown: boolean;
  readonly hasTools: boolean;
  readonly isSplit: boolean;
}

function decisionsOf({ facts, isModelKnown, hasTools, isSplit }: Known): string[] {
  const when = (isNeeded: boolean, decision: string) => (isNeeded ? [decision] : []);
  return [
    ...when(facts.recordings.length === 0, 'Record runs of the workload, and name the recordings under sources.'),
    ...when(!isModelKnown, 'Name the model that answers under models.primary.'),
    'Set the limits under gates: what a month may cost, how slow and how unreliable it may be.',
    'Say how many runs a month has (traffic.monthlyRuns), and in which lane it is released (workload.lane).',
    ...when(facts.owner === undefined, 'Say who owns it (workload.owner).'),
    'Say who answers for the residual risk and what is watched after launch (evidence.riskOwner, evidence.monitors).',
    ...when(!isSplit, 'Tell tasks apart in the recordings, such as by aigate.case, and give each a scenario.'),
    ...when(facts.recordings.length > 0, 'Say where each recording comes from (origin, window, sampling).'),
    hasTools
      ? 'Check the effect of every tool, of which only the name was looked at, and remove its reviewed: false.'
      : 'Declare the tools it may call, or tools: none.',
    'Declare what takes over when the primary fails (models.fallback), with cloud, region, account and gateway of each.',
    'Say what every answer must show (scenarios.expect).',
  ];
}

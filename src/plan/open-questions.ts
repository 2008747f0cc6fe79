import type { OpenQuestion } from '../contract/architecture-view.ts';
import { manifestRef, pointerOf } from '../contract/manifest-ref.ts';
import type { Plan } from '../contract/plan.ts';

/** What the declarations leave open for a reviewer. A question that is answered by `none` is answered. */
export function openQuestions(plan: Plan): OpenQuestion[] {
  return [...ofModels(plan), ...ofDependencies(plan), ...ofControl(plan), ...ofOperation(plan)].map(
    ([question, answer, pointer]) => ({ question, answer, line: manifestRef(plan, pointer).line }),
  );
}

type Open = readonly [question: string, answer: string, pointer: string];

const LABELS = [
  ['cloud', 'In which cloud does'],
  ['region', 'In which region does'],
  ['account', 'Under which account is'],
  ['gateway', 'Behind which gateway is'],
] as const;

function ofModels({ models }: Plan): Open[] {
  const routes = [models.primary, ...models.fallback];
  const labels = routes.flatMap((route, i) =>
    LABELS.flatMap(([label, asks]): Open[] => {
      const at = i === 0 ? pointerOf('models', 'primary') : pointerOf('models', 'fallback', i - 1);
      const verb = label === 'cloud' || label === 'region' ? 'run' : 'called';
      const answer = `declare ${label}${label === 'gateway' ? ', or gateway: none' : ''}`;
      return route[label] === undefined ? [[`${asks} ${route.provider} ${route.model} ${verb}?`, answer, at]] : [];
    }),
  );
  const fallback: Open[] =
    models.fallback.length > 0
      ? []
      : [['What answers when the primary does not?', 'declare models.fallback', '/models']];
  return [...labels, ...fallback];
}

function ofDependencies({ dependencies }: Plan): Open[] {
  return dependencies.flatMap(({ name, kind, vendor, critical, alternative }, i): Open[] => [
    ...(vendor === undefined && kind !== 'database' && kind !== 'service'
      ? [[`Who runs ${name}?`, 'declare vendor', pointerOf('dependencies', i)] as const]
      : []),
    ...(critical && alternative === undefined
      ? [[`What takes over when ${name} is gone?`, 'declare alternative', pointerOf('dependencies', i)] as const]
      : []),
  ]);
}

function ofControl({ tools, workload, knowledge }: Plan): Open[] {
  const unattended = Object.entries(tools === 'none' ? {} : (tools ?? {})).filter(
    ([, { effect, approve }]) => effect !== 'read' && approve === 'never',
  );
  return [
    ...(tools === undefined ? [['Which tools may it use?', 'declare tools, or tools: none', ''] as const] : []),
    ...unattended.map(
      ([name]): Open => [
        `Who stops a wrong call of ${name}, which writes and needs no approval?`,
        'declare approve: always, or explain it in the risk acceptance',
        pointerOf('tools', name),
      ],
    ),
    ...(workload.identity === undefined
      ? [['In whose name does it act?', 'declare workload.identity', '/workload'] as const]
      : []),
    ...(workload.audience === undefined
      ? [['Who meets its answers?', 'declare workload.audience', '/workload'] as const]
      : []),
    ...(knowledge === undefined
      ? [['Which documents do its answers rest on?', 'declare knowledge, or knowledge: none', ''] as const]
      : []),
  ];
}

function ofOperation({ handoff, timeouts, retries, caps, peakPerSecond, evidence }: Plan): Open[] {
  const questions: [boolean, Open][] = [
    [handoff === undefined, ['Who takes over when no model answers?', 'declare handoff', '']],
    [
      handoff !== undefined && handoff.perHour === undefined,
      ['How many cases an hour can the people take?', 'declare handoff.perHour', '/handoff'],
    ],
    [timeouts.modelMs === undefined, ['How long may a model call take?', 'declare timeouts.model', '/timeouts']],
    [timeouts.runMs === undefined, ['How long may a run take?', 'declare timeouts.run', '/timeouts']],
    [retries.model === undefined, ['How often is a model call repeated?', 'declare retries.model', '/retries']],
    [caps.modelCalls === undefined, ['What stops a run that does not end?', 'declare caps.modelCalls', '/caps']],
    [
      peakPerSecond === undefined,
      ['How many runs start in the busiest second?', 'declare traffic.peakPerSecond', '/traffic'],
    ],
    [
      evidence.riskOwner === undefined,
      ['Who answers for the residual risk?', 'declare evidence.riskOwner', '/evidence'],
    ],
    [
      evidence.runbook === undefined,
      ['What do the people on duty do when it fails?', 'declare evidence.runbook', '/evidence'],
    ],
    [evidence.monitors === undefined, ['What is watched after launch?', 'declare evidence.monitors', '/evidence']],
  ];
  return questions.flatMap(([isOpen, question]) => (isOpen ? [question] : []));
}

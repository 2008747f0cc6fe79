import type { ContractTerms } from '../../../src/contract/prices.ts';
import { aModelCall, anEmbedding, aPlan, aRun, aScenario, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import capacityDemand from './capacity-demand.ts';

const TERMS: readonly ContractTerms[] = [
  { kind: 'discount', ratio: 0.2 },
  { kind: 'provisioned', units: 2, usdPerUnitMonth: 260, inputTokensPerMinute: 60_000, outputWeight: 4 },
  {
    kind: 'gpus',
    usdPerGpuHour: 2.4,
    gpus: 8,
    minReplicas: 1,
    inputTokensPerSecond: 10_000,
    outputTokensPerSecond: 1_000,
    utilisation: 0.5,
  },
];
const plan = aPlan({
  pricing: {
    ...aPlan().pricing,
    contracts: TERMS.map((terms) => ({
      provider: undefined,
      model: '*',
      effective: undefined,
      source: 'order form',
      terms,
    })),
  },
  scenarios: [aScenario(), aScenario({ id: 'escalate' })],
});
/** 1,000 tokens of input and 200 of output. */
const call = (contract: number | undefined) => aModelCall({ contract });
const none = { runs: 0, sum: 0n, squares: 0n, max: 0n };

testMeasure(capacityDemand, [
  {
    name: 'tokens of each contract as busy time, of runs that do not use it as none',
    plan,
    runs: [
      aRun({ steps: [call(0), call(1), call(1), call(undefined)] }),
      aRun({ steps: [call(2), anEmbedding({ contract: 2, inputTokens: 400 })] }),
    ],
    value: {
      runs: 2,
      contracts: [
        {
          contract: 1,
          busyNs: {
            summarize: { runs: 2, sum: 3_600_000_000n, squares: 3_600_000_000n ** 2n, max: 3_600_000_000n },
            escalate: none,
          },
        },
        {
          contract: 2,
          busyNs: {
            summarize: { runs: 2, sum: 680_000_000n, squares: 680_000_000n ** 2n, max: 680_000_000n },
            escalate: none,
          },
        },
      ],
    },
  },
  {
    name: 'an absurd number of tokens as the largest that counts',
    plan,
    runs: runs(2, () => ({
      steps: [aModelCall({ contract: 1, usage: { ...call(1).usage, input: Number.MAX_SAFE_INTEGER } })],
    })),
    value: { contracts: [{ busyNs: { summarize: { sum: 2n * BigInt(Number.MAX_SAFE_INTEGER) } } }, {}] },
  },
  { name: 'runs alone where no capacity is bought', runs: runs(3), value: { runs: 3, contracts: [] } },
]);

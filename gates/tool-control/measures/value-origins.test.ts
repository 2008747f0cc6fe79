import { anApproval, aPlan, aRef, aToolCall, runs } from '../../../src/dev/testing/builders.ts';
import { testMeasure } from '../../../src/dev/testing/measure-tester.ts';
import measure from './value-origins.ts';

const rules = [{ kind: 'provenance', arg: 'to', from: [{ type: 'tool', tool: 'crm' }], beside: [] }] as const;
const plan = aPlan({ tools: { mail: { effect: 'write', approve: 'never', rules } } });
const mail = (i: number) => aToolCall({ tool: 'mail', facts: '1a?u-'[i % 5], ref: aRef(i), callId: undefined });

testMeasure(measure, [
  {
    name: 'half of the runs are approved',
    plan,
    runs: runs(20, (i) => ({ steps: i < 10 ? [mail(i)] : [anApproval({ tool: 'mail' }), mail(i)] })),
    value: {
      runs: 20,
      judged: 16,
      breached: {
        total: 4,
        names: [
          ['mail: to from tool:crm, found in untrusted output alone', 2],
          ['mail: to from tool:crm, named by none of them', 2],
        ],
      },
      unknown: { total: 4, names: [['mail: to from tool:crm, not recorded', 4]] },
    },
  },
]);

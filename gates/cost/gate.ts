import { defineGate } from '../../src/contract/gate.ts';

export default defineGate({
  id: 'cost',
  title: 'Cost',
  question: 'Does the workload stay within token, model, retry and monthly cost limits at production volume?',
});

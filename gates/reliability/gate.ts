import { defineGate } from '../../src/contract/gate.ts';

export default defineGate({
  id: 'reliability',
  title: 'Reliability',
  question:
    'Does it meet latency, availability, timeout, retry and response-quality requirements under realistic conditions?',
});

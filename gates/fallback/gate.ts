import { defineGate } from '../../src/contract/gate.ts';

export default defineGate({
  id: 'fallback',
  title: 'Fallback',
  question:
    'If the primary model or provider fails, does it switch, degrade, route to humans or stop safely without breaking the business process?',
});

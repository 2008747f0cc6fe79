import { defineGate } from '../../src/contract/gate.ts';

export default defineGate({
  id: 'provider-dependency',
  title: 'Provider dependency',
  question: 'Is it overly dependent on one model, provider, SaaS vendor, cloud or fragile integration pattern?',
});

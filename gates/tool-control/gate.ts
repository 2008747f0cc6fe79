import { defineGate } from '../../src/contract/gate.ts';

export default defineGate({
  id: 'tool-control',
  title: 'Tool control',
  question: 'Can the agent read or write only what it should, with human approval before high-impact actions?',
});

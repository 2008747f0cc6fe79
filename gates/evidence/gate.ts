import { defineGate } from '../../src/contract/gate.ts';

export default defineGate({
  id: 'evidence',
  title: 'Evidence',
  question:
    'Can the team prove what was tested, what passed, what failed, who accepted residual risk, and what must be monitored after launch?',
});

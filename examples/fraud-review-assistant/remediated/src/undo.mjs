/** Takes a case note back, as an analyst would: `{"tool":"create_case_note","args":{"case":"C-1"}}` on stdin. */
import { text } from 'node:stream/consumers';
import { callCaseStore } from './case-store.mjs';

const { tool, args } = JSON.parse(await text(process.stdin));
if (tool === 'create_case_note') await callCaseStore('delete_case_note', { case: args.case });
else {
  console.error(`nothing takes ${tool} back`);
  process.exitCode = 2;
}

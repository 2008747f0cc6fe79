/**
 * Works on one fraud case: `{"case":"C-1","kind":"summarize"|"policy-question"|"escalate"}` on stdin, the answer on stdout.
 * Exit code 0 also when people take over; 2 when the input is no case; 1 when something unforeseen happens.
 */
import { text } from 'node:stream/consumers';
import { HandOff, workOn } from './agent.mjs';
import { readTask } from './task.mjs';
import { startTelemetry } from './telemetry.mjs';

const task = readTask(await text(process.stdin));
if (task === undefined) {
  console.error('expected {"case":"C-1","kind":"summarize"|"policy-question"|"escalate"}');
  process.exit(2);
}

const telemetry = startTelemetry('fraud-review-assistant', { 'aigate.case': task.kind, 'enduser.id': task.askedBy });
try {
  console.log(await workOn(task, telemetry));
  await telemetry.end('success');
} catch (error) {
  if (error instanceof HandOff) {
    console.log(`Handed to analysts: ${task.case}, ${error.message}`);
    // The user is served by a person; the assistant itself did not do it.
    await telemetry.end('abandoned');
  } else {
    // The name alone: the message of an unforeseen error may quote the case or a key.
    console.error(`failed: ${error instanceof Error ? error.name : 'unknown error'}`);
    process.exitCode = 1;
    await telemetry.end('failure');
  }
}

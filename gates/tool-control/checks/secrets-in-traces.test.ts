import type { Step } from '../../../src/contract/run.ts';
import { aModelCall, anApproval, anEmbedding, aRun, aToolCall } from '../../../src/dev/testing/builders.ts';
import { testCheck } from '../../../src/dev/testing/check-tester.ts';
import { measured } from '../../../src/dev/testing/measured.ts';
import leakedSecrets from '../measures/leaked-secrets.ts';
import check from './secrets-in-traces.ts';

const limits = { calls: 0 };
const over = (...steps: Step[]) => ({ seen: { leakedSecrets: measured(leakedSecrets, [aRun({ steps })]) }, limits });
const withKey = aToolCall({ args: '{"header":"[bearer:0a1b2c3d]"}' });

testCheck(check, {
  pass: [
    {
      name: 'no text holds one',
      ...over(aModelCall(), aToolCall()),
      says: '2 steps with recorded text held no secret',
    },
    {
      name: 'personal data is no secret',
      ...over(aToolCall({ args: '{"to":"[email:0a1b2c3d]","iban":"[iban:0a1b2c3d]"}' })),
      says: '1 step',
    },
    {
      name: 'what a cassette had redacted reached no trace',
      ...over(aToolCall({ args: '{"key":"[api-key:0a]"}' })),
      says: '1 step',
    },
    {
      name: 'as many as the limit, which it names',
      ...over(withKey),
      limits: { calls: 1 },
      says: 'not "bearer in arguments',
    },
  ],
  fail: [
    { name: 'arguments hold one', ...over(withKey), says: 'held a secret: "bearer in arguments of get_case" (1)' },
    {
      name: 'an answer holds one',
      ...over(aModelCall({ text: 'Use [api-key:0a1b2c3d].' })),
      says: 'api-key in answer',
    },
    {
      name: 'what was approved holds one',
      ...over(anApproval({ args: '{"k":"[aws-key:0a1b2c3d]"}' })),
      says: 'aws-key in approved arguments',
    },
    {
      name: 'what a tool answered held one',
      ...over(aToolCall({ args: undefined, resultSecret: 'jwt' })),
      says: 'jwt in what get_case answered',
    },
    {
      name: 'one is found before a cut',
      ...over(aToolCall({ args: '{"k":"[jwt:0a1b2c3d]","text":"aaa…' })),
      says: 'jwt in arguments',
    },
  ],
  inconclusive: [
    { name: 'a text was cut', ...over(aToolCall({ args: '{"text":"aaa…' })), says: 'the recording does not show' },
    {
      name: 'no text was recorded',
      ...over(aToolCall({ args: undefined }), anEmbedding()),
      says: 'no step with recorded text in 1 run',
    },
  ],
});

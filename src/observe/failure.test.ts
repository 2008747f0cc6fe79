import { describe, expect, it } from 'vitest';
import { endingOf, failureOf } from './failure.ts';

describe('the type of an error that is a text', () => {
  it.each<[string | undefined, string]>([
    ["Error code: 429 - {'error': {'message': 'slow down'}}", '429'],
    ['API error: 503 Service Unavailable', '503'],
    ['Request failed with status code 401', '401'],
    ['status_code=529, body=…', '529'],
    ['HTTP/1.1 504 Gateway Time-out', '504'],
    ['404 Not Found', '404'],
    ['RateLimitError("Error code: 429 - x")Traceback', '429'],
    ['litellm.exceptions.Timeout: too late', 'Timeout'],
    ["ValueError('no 500 here')Traceback (most recent call last)", 'ValueError'],
    ['TimeoutError', 'TimeoutError'],
    ['we waited 429 seconds for it', 'error'],
    ['Connection error.', 'error'],
    [`${'x'.repeat(10_000)} HTTP 500`, 'error'],
    ['', 'error'],
    [undefined, 'error'],
  ])('%.60s is %s', (text, type) => {
    expect(failureOf(text)).toBe(type);
  });

  it('takes no time to find in a hostile text', () => {
    const started = performance.now();
    for (const text of ['a.'.repeat(50_000), ' '.repeat(100_000), `status${' '.repeat(50_000)}`, '.:'.repeat(50_000)]) {
      failureOf(text);
      endingOf(true, text);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('how a traced step ended', () => {
  it.each<[boolean, string | undefined, string | undefined, boolean]>([
    [true, "GraphInterrupt((Interrupt(value='status code 429?', id='1'),))Traceback", undefined, true],
    [true, "langgraph.errors.NodeInterrupt([Interrupt(value='ok?')])", undefined, true],
    [true, "(Interrupt(value='ok?', resumable=True),)", undefined, true],
    [false, "(Interrupt(value='ok?', resumable=True),)", undefined, true],
    [true, "ParentCommand(Command(graph='main', goto='clerk'))Traceback", undefined, false],
    [true, 'InterruptedError(4)', 'InterruptedError', false],
    [true, "ValueError('GraphInterrupt')", 'ValueError', false],
    [true, undefined, 'error', false],
    [false, 'a remark', undefined, false],
    [false, undefined, undefined, false],
  ])('is, failed: %s and told as %s, %s', (isFailed, text, error, isPaused) => {
    expect(endingOf(isFailed, text)).toEqual({ error, isPaused });
  });
});

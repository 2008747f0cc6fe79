import { describe, expect, it } from 'vitest';
import { causeOf } from './attempt-cause.ts';

describe('causeOf', () => {
  it.each([
    ['429', 'rate limit'],
    ['RateLimitError', 'rate limit'],
    ['rate_limit_error', 'rate limit'],
    ['ThrottlingException', 'rate limit'],
    ['RESOURCE_EXHAUSTED', 'rate limit'],
    ['insufficient_quota', 'rate limit'],
    ['500', 'server error'],
    ['529', 'server error'],
    ['InternalServerError', 'server error'],
    ['overloaded_error', 'server error'],
    ['ServiceUnavailableError', 'server error'],
    ['timeout', 'timeout'],
    ['APITimeoutError', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
    ['DEADLINE_EXCEEDED', 'timeout'],
    ['504', 'timeout'],
    ['408', 'timeout'],
    ['400', 'other'],
    ['ValidationError', 'other'],
    ['15000', 'other'],
    [undefined, 'other'],
  ])('takes %j for %s', (error, cause) => {
    expect(causeOf(error)).toBe(cause);
  });
});

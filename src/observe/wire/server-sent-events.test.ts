import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventText, readEvents } from './server-sent-events.ts';

describe('server-sent events', () => {
  it('reads back what it writes, whatever the text holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const body = texts.map((text) => eventText({ text }, 'part')).join('');
        expect(readEvents(body).map(({ event, data }) => [event, JSON.parse(data)])).toEqual(
          texts.map((text) => ['part', { text }]),
        );
      }),
    );
  });

  it.each([
    ['data: a\n\ndata: b\n', ['a']],
    ['data: a\n\ndata: b', ['a']],
    [': keep-alive\n\ndata: a\n\n', ['a']],
    ['\uFEFFdata:a\r\n\r\ndata:  b\r\rdata\n\n', ['a', ' b', '']],
    ['data: a\ndata: b\nid: 7\n\n', ['a\nb']],
    ['event: ping\n\n', []],
    ['', []],
  ])('dispatches of %j only what an empty line ends', (body, data) => {
    expect(readEvents(body).map((event) => event.data)).toEqual(data);
  });

  it('reads a long body in time linear in its length', () => {
    expect(readEvents('data: x\n\n'.repeat(200_000))).toHaveLength(200_000);
    expect(readEvents('\r'.repeat(1_000_000))).toEqual([]);
  });
});

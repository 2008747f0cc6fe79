import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, preAuthEncoding } from './dsse.ts';

describe('DSSE', () => {
  it('encodes the example of the specification', () => {
    expect(preAuthEncoding('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    );
  });

  it('counts bytes, not characters, and takes an empty body', () => {
    expect(preAuthEncoding('ü', Buffer.from('é€')).toString()).toBe('DSSEv1 2 ü 5 é€');
    expect(preAuthEncoding('t', Buffer.alloc(0)).toString()).toBe('DSSEv1 1 t 0 ');
  });

  it('never encodes two different pairs alike', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (type, body, otherType, otherBody) => {
        const isSame = type === otherType && body === otherBody;
        const [one, other] = [
          preAuthEncoding(type, Buffer.from(body)),
          preAuthEncoding(otherType, Buffer.from(otherBody)),
        ];
        expect(one.equals(other)).toBe(isSame);
      }),
    );
  });

  it('decodes what base64 encodes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'), 'x').equals(bytes)).toBe(true);
      }),
    );
  });

  it.each([
    ['a line break', 'aGVs\nbG8='],
    ['a character outside the alphabet', 'aGVs*bG8='],
    ['missing padding', 'aGVsbG8'],
    ['padding in the middle', 'aGU=bG8='],
    ['padding bits that are not zero', 'aGVsbG9='],
    ['the URL alphabet', '-_-_'],
    ['text after the padding', 'aGVsbG8=aGVsbG8='],
  ])('refuses %s', (_, text) => {
    expect(() => decodeBase64(text, 'the payload')).toThrow(
      expect.objectContaining({ code: 'SIGNATURE_MALFORMED', message: 'the payload is not canonical base64' }),
    );
  });
});

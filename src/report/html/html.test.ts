import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../dev/testing/hostile-texts.ts';
import { html, markupOf, verbatim } from './html.ts';

describe('html', () => {
  it('escapes values and leaves markup of its own alone', () => {
    const inner = html`<b>${'<i>&"\'`'}</b>`;
    expect(markupOf(html`<p title="${'"'}">${inner}${[1, 'two', inner]}</p>`)).toBe(
      '<p title="&quot;"><b>&lt;i&gt;&amp;&quot;&#39;&#96;</b>1two<b>&lt;i&gt;&amp;&quot;&#39;&#96;</b></p>',
    );
  });
  it('writes constants verbatim', () => {
    expect(markupOf(html`<style>${verbatim('a>b{}')}</style>`)).toBe('<style>a>b{}</style>');
  });
  it('shows what cannot be seen', () => {
    expect(markupOf(html`${'\u202e\u0000'}`)).toBe('\\u{202e}\\u{0}');
  });
  it('does not take data for markup', () => {
    const forged = JSON.parse('{"Symbol(markup)":"<script>"}');
    expect(markupOf(html`${forged}`)).not.toContain('<script>');
  });
  it('writes no character that ends a text or an attribute, whatever the text', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HOSTILE));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(markupOf(html`${text}`)).not.toMatch(/[<>"'`]/);
      }),
    );
  });
});

import type { Card, RunResult } from '../../contract/result.ts';
import { answerLeaders } from '../leader-questions.ts';
import { DEMO_NOTICE, SIGNS, verdictLine } from '../signs.ts';
import { html, type Safe } from './html.ts';

type Tone = Card['rows'][number]['tone'];

/** What a tone says without colour. */
const TONES: Readonly<Record<Tone, { readonly symbol: string; readonly word: string }>> = {
  good: { symbol: '✓', word: 'shown' },
  bad: { symbol: '✗', word: 'failed' },
  open: { symbol: '?', word: 'open' },
  plain: { symbol: '', word: '' },
};

/** The verdict and the card: everything a reader needs who reads nothing else. */
export function cardSection(result: RunResult): Safe {
  const { card, decision, plan } = result;
  return html`<header class="verdict ${decision}">
${plan.workload.isDemo ? html`<p class="demo">${DEMO_NOTICE}</p>` : ''}
<h1><span class="seal" aria-hidden="true">${SIGNS[decision].symbol}</span>${card.headline}</h1>
<p class="decision">${card.decision}</p>
<p class="terms">${verdictLine(result)}</p>
<dl class="card">${card.rows.map(row)}</dl>
</header>`;
}

function row({ label, value, tone }: Card['rows'][number]): Safe {
  const { symbol, word } = TONES[tone];
  const sign = symbol === '' ? '' : html`<span class="sign" title="${word}">${symbol}</span> `;
  const [, lead = value, detail = ''] = /^(.*?) (\(.*\))$/s.exec(value) ?? [];
  const aside = detail === '' ? '' : html` <span class="detail">${detail}</span>`;
  return html`<div class="${tone}"><dt>${label}</dt><dd>${sign}${lead}${aside}</dd></div>`;
}

export function questionSection(result: RunResult): Safe {
  return html`<section id="questions" aria-labelledby="questions-title">
<h2 id="questions-title">What leaders ask</h2>
<dl class="questions">${answerLeaders(result).map(
    ({ question, answers }) =>
      html`<div><dt>${question}</dt>${answers.map((answer) => html`<dd>${answer}</dd>`)}</div>`,
  )}</dl>
</section>`;
}

import type { LiveForecast } from '../../contract/plan-preview.ts';
import { quantity } from '../../contract/quantity.ts';
import { formatMeasurement, formatNumber } from '../../contract/units.ts';

/** What live runs will ask and cost, as label and sentence; not yet escaped. */
export function forecastLines(forecast: LiveForecast): (readonly [label: string, text: string])[] {
  const { healthy, drilled, loaded, undone, stopped, probed, budget } = forecast;
  const underLoad = loaded === 0 ? '' : `, ${quantity(loaded, 'run')} under load`;
  const takenBack = undone === 0 ? '' : `, ${quantity(undone, 'run')} to take back`;
  const toStop = stopped === 0 ? '' : `, ${quantity(stopped, 'run')} for the stop command`;
  const tempted = probed === 0 ? '' : `, ${quantity(probed, 'run')} with a probe`;
  const runs = `${quantity(healthy, 'healthy run')}${underLoad}${takenBack}${toStop}${tempted} and ${quantity(drilled, 'drill')}`;
  const limits = [
    budget?.usd === undefined ? [] : usd(budget.usd),
    budget?.calls === undefined ? [] : quantity(budget.calls, 'call'),
    budget?.timeMs === undefined ? [] : `${formatNumber(budget.timeMs / 1_000)} s`,
  ].flat();
  return [
    ['Live', `${runs}: ${callsText(forecast)}; ${moneyText(forecast)}`],
    ...(forecast.judged === 0 ? [] : [['Judge', judgeText(forecast)] as const]),
    limits.length === 0
      ? ['Budget', 'none is declared (live.budget): all of it is run, whatever it costs']
      : ['Budget', `${limits.join(', ')}; what does not fit is left out`],
  ];
}

const BASES: Readonly<Record<NonNullable<LiveForecast['basis']>, string>> = {
  recorded: 'the mean of the recorded runs',
  cap: 'the declared cap',
  prompt: 'a prompt is one',
};

function callsText({ calls, callsPerRun, basis }: LiveForecast): string {
  if (calls === undefined || callsPerRun === undefined) {
    return 'how many model calls is not known: no run is recorded yet, and caps.modelCalls is not declared';
  }
  const from = basis === undefined ? '' : ` (${BASES[basis]})`;
  const most =
    calls.most === undefined
      ? 'how many at most is not known without caps.modelCalls and retries.model'
      : `at most ${formatNumber(calls.most)}${basis === 'prompt' ? '' : ' at the declared caps and retries'}`;
  return `about ${quantity(calls.expected, 'model call')} at ${formatNumber(callsPerRun)} a run${from}, ${most}`;
}

function judgeText({ judged, upstream }: LiveForecast): string {
  const price = upstream === 'live' ? '; what they cost is not known beforehand' : '';
  return `${quantity(judged, 'further model call')}, one for each labelled item and each rule of an answer${price}`;
}

function moneyText({ upstream, usd: spend }: LiveForecast): string {
  if (upstream === 'simulated') return 'nothing is paid: the provider is simulated';
  if (upstream === 'replay') return 'nothing is paid: a cassette answers';
  if (spend === undefined) return 'what they cost is not known: no recorded call has a price';
  return `about ${usd(spend.expected)}${spend.most === undefined ? '' : `, at most ${usd(spend.most)}`}`;
}

function usd(value: number): string {
  return formatMeasurement({ value, unit: 'usd' });
}

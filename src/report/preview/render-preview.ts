import { GATE_IDS } from '../../contract/gate.ts';
import type { PlanPreview, PreviewedCheck, PreviewedDrills, PreviewedSource } from '../../contract/plan-preview.ts';
import { quantity } from '../../contract/quantity.ts';
import { formatMeasurement, formatNumber } from '../../contract/units.ts';
import { createScreen, entry, type Screen, section, wrap } from '../terminal/screen.ts';
import { demandLines } from './demand-lines.ts';
import { forecastLines } from './forecast-lines.ts';

/** What will be judged and what it can prove, for a terminal; `width` in characters. */
export function renderPreview(
  preview: PlanPreview,
  options: { readonly color: boolean; readonly width: number },
): string {
  const screen = createScreen(options);
  const applicable = preview.checks.filter(({ notApplicable }) => notApplicable === undefined);
  const lines = [
    ...headLines(preview, screen),
    ...section(
      'Sources',
      preview.sources.map((source) => sourceLines(source, screen)),
      screen,
    ),
    ...section('Scenarios', [scenarioLines(preview, screen)], screen),
    ...section('Drills', preview.drills === undefined ? [] : [drillLines(preview.drills, screen)], screen),
    ...GATE_IDS.flatMap((gate) => gateLines(gate, applicable, screen)),
    ...section(
      'Not judged',
      [notJudgedLines(preview, screen)].filter((block) => block.length > 0),
      screen,
    ),
    ...section('Spend', [spendLines(preview, screen)], screen),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines({ workload, stage, policies }: PlanPreview, screen: Screen): string[] {
  const policy = policies.length === 0 ? 'no policy: limits come from the manifest under review' : policies.join(', ');
  return [
    ...wrap('Plan for ', `${workload.name} (${workload.owner})`, screen.width).map(screen.strong),
    ...entry('Lane', `${workload.lane}, stage ${stage}`, screen),
    ...entry('Policy', policy, screen),
  ];
}

function sourceLines(source: PreviewedSource, screen: Screen): string[] {
  const { recording, origin, window, sampling, form, kind, runs, boundRuns, problemCount } = source;
  const when = window === undefined ? 'window not stated' : `${window[0]} to ${window[1]}`;
  return [
    ...wrap('  ', recording, screen.width).map(screen.strong),
    ...entry('Declared', `origin ${origin}, ${when}, sampling ${sampling}`, screen),
    ...entry(
      'Holds',
      `${quantity(runs, 'run')} (${form}, ${kind}), ${formatNumber(boundRuns)} of this release`,
      screen,
    ),
    ...(problemCount === 0
      ? []
      : entry('Unreadable', `${quantity(problemCount, 'problem')}: nothing that needs this source can pass`, screen)),
  ];
}

function scenarioLines({ scenarios, unmatchedRuns }: PlanPreview, screen: Screen): string[] {
  const lines = scenarios.flatMap(({ id, share, critical, runs }) => {
    const what = `${formatMeasurement({ value: share, unit: 'ratio' })} of traffic${critical ? ', critical' : ''}`;
    return entry(id, `${what}: ${quantity(runs, 'run')}`, screen);
  });
  const rest = unmatchedRuns === 0 ? [] : entry('none or several', quantity(unmatchedRuns, 'run'), screen);
  return [...lines, ...rest];
}

function drillLines({ drills, scenarios, runs, total, provenRate }: PreviewedDrills, screen: Screen): string[] {
  const factors = [quantity(drills.length, 'drill'), quantity(scenarios.length, 'scenario')].join(' x ');
  const proof = `0 of ${formatNumber(total)} bad endings proves at least ${formatMeasurement({ value: provenRate, unit: 'ratio' })} good ones`;
  return [
    ...entry(
      'Planned',
      `${factors}, at least ${quantity(runs, 'run')} of each: ${quantity(total, 'run')} in which something is broken`,
      screen,
    ),
    ...entry('Can prove', proof, screen),
    ...entry('Drills', drills.join(', '), screen),
    ...entry('In scenarios', scenarios.join(', '), screen),
  ];
}

function gateLines(gate: string, checks: readonly PreviewedCheck[], screen: Screen): string[] {
  const ofGate = checks.filter((check) => check.gate === gate);
  return section(
    gate,
    ofGate.map((check) => checkLines(check, screen)),
    screen,
  );
}

function checkLines(check: PreviewedCheck, screen: Screen): string[] {
  const { id, severity, title, unset, demands, kinds } = check;
  const must = severity === 'blocker' ? 'blocks' : 'advises';
  return [
    ...wrap(`  ${id} `, `(${must}): ${title}`, screen.width),
    ...limitLines(check, screen),
    ...(unset.length === 0
      ? []
      : entry('  Not set', `${unset.join(', ')}: without it the check stays inconclusive`, screen)),
    ...(kinds.length === 0 ? entry('  Evidence', 'the policy admits none in this lane', screen) : []),
    ...demands.flatMap((demand) => demandLines(demand).flatMap((line) => wrap('    ', line, screen.width))),
  ];
}

function limitLines({ limits }: PreviewedCheck, screen: Screen): string[] {
  const texts = limits.map(({ name, value, origin }) => {
    const from = origin?.at === undefined ? 'default' : `${origin.layer} ${origin.at}`;
    return `${name} ${JSON.stringify(value)} (${from})`;
  });
  return texts.length === 0 ? [] : entry('  Limits', texts.join(', '), screen);
}

function notJudgedLines({ checks }: PlanPreview, screen: Screen): string[] {
  return checks.flatMap(({ id, notApplicable }) =>
    notApplicable === undefined ? [] : entry(id, notApplicable, screen),
  );
}

function spendLines({ spend: { meanRunUsd, missingRuns, live } }: PlanPreview, screen: Screen): string[] {
  const cost =
    meanRunUsd === undefined
      ? 'what a run costs is not known yet'
      : `about ${formatMeasurement({ value: missingRuns * meanRunUsd, unit: 'usd' })} at ${formatMeasurement({ value: meanRunUsd, unit: 'usd' })} a run, the mean of the runs so far`;
  return [
    ...(live === undefined
      ? entry('This check', 'no model call: recordings are read, nothing is asked', screen)
      : forecastLines(live).flatMap(([label, text]) => entry(label, text, screen))),
    ...(missingRuns === 0
      ? []
      : entry('Still to record', `${quantity(missingRuns, 'run')} for the most demanding check; ${cost}`, screen)),
  ];
}

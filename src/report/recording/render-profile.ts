import { listNames, type NameCounts } from '../../contract/name-counts.ts';
import { quantity } from '../../contract/quantity.ts';
import type { RecordedField, RecordingProfile } from '../../contract/recording-profile.ts';
import { formatNumber } from '../../contract/units.ts';
import { createScreen, entry, type Screen, section, wrap } from '../terminal/screen.ts';

/** What was understood of a recording, for a terminal; `width` in characters. */
export function renderProfile(
  profile: RecordingProfile,
  options: { readonly color: boolean; readonly width: number },
): string {
  const screen = createScreen(options);
  const lines = [
    ...headLines(profile, screen),
    ...section('Understood', [understoodLines(profile, screen)], screen),
    ...section(
      'Recorded',
      Object.entries(profile.fields).map(([type, fields]) => fieldLines(type, fields, screen)),
      screen,
    ),
    ...section('Scenarios may select by', [attributeLines(profile, screen)], screen),
    ...section('Not understood or left out', [leftOutLines(profile, screen)], screen),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines({ population }: RecordingProfile, screen: Screen): string[] {
  const { recording, form, kind, lines, bytes, sha256 } = population;
  return [
    ...wrap('', recording, screen.width).map(screen.strong),
    ...entry('Form', `${form}, evidence kind ${kind}`, screen),
    ...entry('Size', `${quantity(lines, 'line')}, ${quantity(bytes, 'byte')}`, screen),
    ...entry('SHA-256', sha256, screen),
  ];
}

function understoodLines(profile: RecordingProfile, screen: Screen): string[] {
  const { population, steps, models, tools, tokens, outcomes } = profile;
  const kinds = Object.entries(steps).map(([type, count]) => `${formatNumber(count)} ${type}`);
  const written = population.dialects.map(({ name, spans }) => `${name} (${quantity(spans, 'span')})`);
  const ended = Object.entries(outcomes).map(([outcome, runs]) => `${formatNumber(runs)} ${outcome}`);
  return [
    ...entry('Runs', formatNumber(population.runs), screen),
    ...entry('Steps', kinds.join(', ') || 'none', screen),
    ...(written.length === 0 ? [] : entry('Dialects', written.join(', '), screen)),
    ...named('Models', models, screen),
    ...named('Tools', tools, screen),
    ...entry(
      'Tokens',
      `${formatNumber(tokens.input)} input, ${formatNumber(tokens.output)} output as recorded by ${quantity(tokens.calls, 'call')}`,
      screen,
    ),
    ...entry('Outcomes', ended.join(', ') || 'none recorded', screen),
  ];
}

function named(label: string, names: NameCounts, screen: Screen): string[] {
  return names.total === 0 ? [] : entry(label, listNames(names, 8), screen);
}

/** Fields by how completely they are recorded: what is missing is what checks will ask for. */
function fieldLines(type: string, fields: readonly RecordedField[], screen: Screen): string[] {
  const always = fields.filter(({ recorded, of }) => recorded === of);
  const sometimes = fields.filter(({ recorded, of }) => recorded > 0 && recorded < of);
  const never = fields.filter(({ recorded }) => recorded === 0);
  const partly = sometimes.map(
    ({ name, recorded, of }) => `${name} (${formatNumber(recorded)} of ${formatNumber(of)})`,
  );
  const line = (label: string, names: readonly string[]) =>
    names.length === 0 ? [] : entry(label, names.join(', '), screen);
  return [
    ...wrap('  ', type, screen.width).map(screen.strong),
    ...line(
      'always',
      always.map(({ name }) => name),
    ),
    ...line('partly', partly),
    ...line(
      'never',
      never.map(({ name }) => name),
    ),
  ];
}

function attributeLines({ attributes }: RecordingProfile, screen: Screen): string[] {
  const lines = Object.entries(attributes).flatMap(([key, values]) => entry(key, listNames(values, 6), screen));
  return lines.length > 0 ? lines : ['  none of the attributes that were looked for occurs; name others with --by KEY'];
}

function leftOutLines({ population, hasPlaceholderTimes }: RecordingProfile, screen: Screen): string[] {
  const { ignored, duplicateSpans, backwardClocks, impossibleTimes, copiedRuns, sampledSpans, problemCount } =
    population;
  const counted = [
    ['Duplicate records', duplicateSpans],
    ['Clocks running backwards', backwardClocks],
    ['Times that cannot be true', impossibleTimes],
    ['Copies of other runs', copiedRuns],
    ['Records that say others were sampled away', sampledSpans],
    ['Problems', problemCount],
  ] as const;
  const lines = [
    ...ignored.flatMap(({ scope, count }) => entry(`Ignored, ${formatNumber(count)}`, scope, screen)),
    ...counted.flatMap(([label, count]) => (count === 0 ? [] : entry(label, formatNumber(count), screen))),
    ...population.problems.flatMap(({ line, message }) => entry(`Line ${line}`, message, screen)),
    ...(hasPlaceholderTimes
      ? entry('Durations', 'all equal: placeholder times, which prove neither speed nor slowness', screen)
      : []),
  ];
  return lines.length > 0 ? lines : ['  nothing'];
}

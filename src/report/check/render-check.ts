import type { AnyCheck, Needs } from '../../contract/check.ts';
import { LANES } from '../../contract/gate.ts';
import type { Limit, LimitSet } from '../../contract/limit.ts';
import { createScreen, entry, type Screen, section, wrap } from '../terminal/screen.ts';

/** One check for a terminal: what it holds, why, what it needs, and what to do when it fails. */
export function renderCheck(check: AnyCheck, options: { readonly color: boolean; readonly width: number }): string {
  const screen = createScreen(options);
  const { id, title, severity, why, remediation, controls, kinds } = check.meta;
  const lines = [
    ...wrap('', id, screen.width).map(screen.strong),
    ...wrap('', title, screen.width),
    ...entry('Severity', severity, screen),
    ...entry('Why', why, screen),
    ...section(
      'Limits',
      [limitLines(check, screen)].filter((block) => block.length > 0),
      screen,
    ),
    ...section('It needs', [needLines(check, screen)], screen),
    ...section(
      'Evidence that can pass it',
      [LANES.flatMap((lane) => entry(lane, kinds[lane].join(', '), screen))],
      screen,
    ),
    ...section('When it fails', [remediation.flatMap((step, i) => entry(`Step ${i + 1}`, step, screen))], screen),
    ...section('Controls', [entry('Evidence for', controls.join(', '), screen)], screen),
  ];
  return `${lines.join('\n')}\n`;
}

function limitLines({ limits }: AnyCheck, screen: Screen): string[] {
  return Object.entries<Limit>(limits as LimitSet).flatMap(([name, { description, fallback, isOptional }]) => {
    const standing =
      fallback === undefined ? (isOptional ? 'may be left out' : 'must be set') : `default ${JSON.stringify(fallback)}`;
    return entry(name, `${description} (${standing})`, screen);
  });
}

function needLines({ needs, inspects }: AnyCheck, screen: Screen): string[] {
  const inputs = new Map(
    Object.values(needs as Needs).map(({ unseen: { input, remedy } }) => [input, remedy] as const),
  );
  return [
    ...[...inputs].flatMap(([input, remedy]) => entry(input, remedy, screen)),
    ...(inspects === undefined ? [] : entry('files of the workload', 'it looks at what the manifest names', screen)),
  ];
}

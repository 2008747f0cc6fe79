import type { ArchitectureView } from '../../contract/architecture-view.ts';
import { createScreen, entry, wrap } from '../terminal/screen.ts';
import { tableLines } from '../terminal/table-lines.ts';
import { reviewTables } from './sections.ts';

/** The review for a terminal. */
export function renderReviewTerminal(
  view: ArchitectureView,
  options: { readonly color: boolean; readonly width: number },
): string {
  const screen = createScreen(options);
  const { name, owner, lane, autonomy } = view.workload;
  const lines = [
    ...wrap('Review of ', `${name} (${owner})`, screen.width).map(screen.strong),
    ...entry('Lane', `${lane}, ${autonomy}`, screen),
    ...entry('Declared in', view.manifest, screen),
    ...reviewTables(view).flatMap((table) => tableLines(table, screen)),
  ];
  return `${lines.join('\n')}\n`;
}

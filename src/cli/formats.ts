import { AigateError } from '../contract/errors.ts';
import type { RunResult } from '../contract/result.ts';
import { wantsColor } from './color-level.ts';
import type { Io } from './io.ts';

export const FORMATS = ['terminal', 'json', 'markdown', 'html', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** One `--format` argument: to standard output, or into a file. */
export interface FormatSpec {
  readonly format: Format;
  /** Relative to cwd; undefined = standard output. */
  readonly path: string | undefined;
}

/** Reads `F` or `F=PATH`. @throws AigateError USAGE */
export function parseFormat(text: string): FormatSpec {
  const [name, path] = text.includes('=')
    ? [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]
    : [text];
  const format = FORMATS.find((known) => known === name);
  if (format === undefined || path === '') {
    throw new AigateError('USAGE', `--format ${text} is not understood`, {
      hint: `Use one of ${FORMATS.join(', ')}, with =PATH for a file.`,
    });
  }
  return { format, path };
}

interface RenderContext {
  readonly io: Io;
  readonly color: boolean | undefined;
  readonly isFile: boolean;
}

/** Renders a result; each writer is loaded only when asked for. */
export async function render(result: RunResult, format: Format, { io, color, isFile }: RenderContext): Promise<string> {
  switch (format) {
    case 'terminal': {
      const { renderTerminal } = await import('../report/terminal.ts');
      const useColor = wantsColor({ flag: color, env: io.env, isTTY: !isFile && io.stdout.isTTY === true });
      return renderTerminal(result, { color: useColor, width: io.stdout.columns ?? 100 });
    }
    case 'json':
      return (await import('../report/json.ts')).renderJson(result);
    case 'markdown':
      return (await import('../report/markdown.ts')).renderMarkdown(result);
    case 'html':
      return (await import('../report/html/render-html.ts')).renderHtml(result);
    case 'github':
      return (await import('../report/github.ts')).renderGithub(result);
  }
}

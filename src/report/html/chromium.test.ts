import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { HOSTILE, poisoned } from '../../dev/testing/hostile-texts.ts';
import { STORIES } from '../../dev/testing/report-stories.ts';
import { renderHtml } from './render-html.ts';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const browser = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap((folder) => BROWSERS.map((name) => join(folder, name)))
  .find((path) => existsSync(path));

interface Opened {
  /** The document after loading, scripts included if any ran. */
  readonly dom: string;
  /** What the page wrote to the console: policy violations among it. */
  readonly console: string;
  /** Every request the browser made, as its network log has it. */
  readonly network: string;
}

/** Opens a page in a browser that can reach no host. */
async function open(page: string): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'aigate-chromium-'));
  try {
    const [file, netLog] = [join(folder, 'report.html'), join(folder, 'network.json')];
    await writeFile(file, page);
    const { stdout, stderr } = await execa(
      browser ?? '',
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
        ...['--disable-background-networking', '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND'],
        ...['--enable-logging=stderr', `--log-net-log=${netLog}`, `--user-data-dir=${join(folder, 'profile')}`],
        ...['--virtual-time-budget=2000', '--dump-dom', pathToFileURL(file).href],
      ],
      { timeout: 60_000 },
    );
    const console = stderr.split('\n').filter((line) => line.includes('CONSOLE'));
    return { dom: stdout, console: console.join('\n'), network: await readFile(netLog, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

const isOwned = ({ dom }: Opened) => /<title>PWNED<\/title>/.test(dom);

describe.skipIf(browser === undefined)(
  'the report in a real Chromium (skipped where none is on PATH)',
  { timeout: 120_000 },
  () => {
    const hostile = renderHtml(poisoned(STORIES.blocked()));
    const unescaped = `<body>${HOSTILE.join('\n')}</body>`;

    it('is opened by a test that would notice: the same texts, unescaped, take over and call out', async () => {
      const opened = await open(`<!doctype html><title>x</title>${unescaped}`);
      expect(isOwned(opened)).toBe(true);
      expect(opened.network).toContain('evil.example');
    });

    it('would still be held by its policy if every escape were missed', async () => {
      const opened = await open(hostile.replace(/<body>.*<\/body>/s, () => unescaped));
      expect(isOwned(opened)).toBe(false);
      expect(opened.console).toContain('Content Security Policy');
      expect(opened.network).not.toContain('evil.example');
    });

    it('runs nothing, asks for nothing, breaks no rule and shows every hostile text as text', async () => {
      const opened = await open(hostile);
      expect(isOwned(opened)).toBe(false);
      expect(opened.console).toBe('');
      expect(opened.network).not.toContain('evil.example');
      const tags = new Set([...opened.dom.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag?.toLowerCase()));
      for (const tag of ['script', 'img', 'iframe', 'link', 'textarea', 'template', 'form'])
        expect(tags).not.toContain(tag);
      expect(opened.dom).not.toMatch(/<[^>]+\s(on\w+|style|src)=/i);
      expect(opened.dom).toContain('&lt;img src=x onerror="document.title=\'PWNED\'"&gt;');
      expect(opened.dom).toContain('\\u{202e}evil');
    });
  },
);

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aWorkload, MANIFEST, type Workload } from '../dev/testing/workload.ts';

let workload: Workload;
afterEach(() => workload.remove());

const CODE = `import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { CohereClient } from 'cohere-ai';
export const clients = [new OpenAI({ timeout: 1 }), new Anthropic({ timeout: 1 }), new CohereClient({})];
`;

describe('aigate review', () => {
  it('shows authority, zones, boundaries, single points and open questions, and runs nothing', async () => {
    workload = await aWorkload();
    const { exitCode, stdout } = await workload.run('review');
    expect(exitCode).toBe(0);
    for (const title of [
      'Authority: what it may do',
      'Trust zones',
      'Data that crosses a trust boundary',
      'Single points of failure',
      'Open questions',
    ]) {
      expect(stdout).toContain(title);
    }
  });

  it('asks about a provider that the code calls and nobody declared, with its place', async () => {
    workload = await aWorkload({ 'src/clients.ts': CODE });
    const { stdout } = await workload.run('review', '--format', 'json');
    const { questions } = JSON.parse(stdout);
    const texts = questions.map(({ question }: { question: string }) => question);
    expect(texts).toContain('Why does the code call cohere, which is not declared (src/clients.ts:3)?');
    expect(texts.some((text: string) => text.includes('anthropic, which is not declared'))).toBe(false);
  });

  it('asks whether the code says the same where none is declared', async () => {
    workload = await aWorkload({ 'aigate.yaml': MANIFEST.replace(', code: [src/**]', '') });
    const { stdout } = await workload.run('review');
    expect(stdout).toContain('Does the code call what is declared here, and nothing else?');
  });

  it('writes Markdown with a diagram and a page without script into files', async () => {
    workload = await aWorkload();
    const { exitCode } = await workload.run('review', '--format', 'markdown=out/r.md', '--format', 'html=out/r.html');
    expect(exitCode).toBe(0);
    const markdown = await readFile(join(workload.dir, 'out/r.md'), 'utf8');
    expect(markdown).toContain('```mermaid\nflowchart LR');
    expect(markdown).toContain('| Tool | Effect | Approval |');
    const page = await readFile(join(workload.dir, 'out/r.html'), 'utf8');
    expect(page).toContain('<svg class="graph"');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });

  it('lets no name of a manifest act in a terminal, a diagram or a page', async () => {
    const name = 'x"];\u001b[31m<script>alert(1)</script>|`';
    workload = await aWorkload();
    await workload.write('aigate.yaml', MANIFEST.replace('name: fraud-review', `name: ${JSON.stringify(name)}`));
    const [terminal, markdown, page] = await Promise.all(
      ['terminal', 'markdown', 'html'].map(async (format) => (await workload.run('review', '--format', format)).stdout),
    );
    expect(terminal).toContain('alert(1)');
    expect(terminal?.includes('\u001b')).toBe(false);
    expect(markdown?.match(/^ {4}workload\[\["[\p{L}\p{N} .,:_/()#;-]*"\]\]$/mu)).not.toBeNull();
    expect(page).not.toContain('<script');
  });

  it('refuses a format it does not have', async () => {
    workload = await aWorkload();
    expect((await workload.run('review', '--format', 'github')).exitCode).toBe(2);
  });
});

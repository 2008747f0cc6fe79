import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nextHex, pick, type Random, seededRandom } from './random.ts';

/** Of ten files so many speak to a model or mention one; most of a repository has nothing to do with any. */
const TALKING = 0.2;
const KINDS = ['ts', 'ts', 'ts', 'tsx', 'py', 'py', 'py', 'yaml', 'json', 'ts'] as const;
/** Functions of a file, evenly likely. */
const FUNCTIONS = [2, 4, 6, 8, 12, 20] as const;

/** Writes a repository of `files` files of TypeScript, Python and settings; the number and the seed decide every byte. */
export function writeRepository(root: string, files: number, seed = 1): void {
  const random = seededRandom(seed);
  for (let number = 0; number < files; number++) {
    const kind = pick(random, KINDS);
    const path = join(root, `src/area-${number % 50}/module-${number}.${kind}`);
    if (number < 50) mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(random, kind));
  }
}

function textOf(random: Random, kind: (typeof KINDS)[number]): string {
  const isTalking = random() < TALKING;
  const names = Array.from({ length: pick(random, FUNCTIONS) }, () => `step_${nextHex(random, 8)}`);
  switch (kind) {
    case 'ts':
    case 'tsx':
      return `${isTalking ? TALKING_TYPESCRIPT : "import { load } from '../shared/load';\n"}${names.map(typescript).join('')}`;
    case 'py':
      return `${isTalking ? TALKING_PYTHON : 'import logging\n'}${names.map(python).join('')}`;
    case 'yaml':
      return isTalking ? GATEWAY : names.map((name) => `${name}:\n  replicas: 3\n  image: shop/${name}:1.2\n`).join('');
    case 'json':
      return JSON.stringify(
        Object.fromEntries(names.map((name) => [name, { isOn: true, limits: [1, 2, 3] }])),
        null,
        2,
      );
  }
}

const TALKING_TYPESCRIPT = `import OpenAI from 'openai';
const client = new OpenAI({ maxRetries: 2, timeout: 20_000 });
export async function ask(text: string): Promise<string> {
  const answer = await client.chat.completions.create({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: text }] });
  return JSON.parse(answer.choices[0].message.content).reply;
}
`;
const TALKING_PYTHON = `import anthropic
client = anthropic.Anthropic()
def ask(text):
    answer = client.messages.create(model="claude-sonnet-4-5", max_tokens=400, messages=[{"role": "user", "content": text}])
    return answer.content[0].text
`;
const GATEWAY = `model_list:
  - model_name: small
    litellm_params: { model: openai/gpt-4o-mini, timeout: 20 }
router_settings: { num_retries: 2, fallbacks: [{ small: [spare] }] }
`;

function typescript(name: string): string {
  return `
/** Sums up what ${name} is asked for. */
export function ${name}(rows: readonly { readonly id: string; readonly cents: number }[], limit = 10): number {
  let total = 0;
  for (const [index, row] of rows.entries()) {
    if (index >= limit || row.id.startsWith('test-')) continue;
    total += row.cents > 0 ? row.cents : 0;
  }
  return total > 1_000 ? Math.round(total / 100) * 100 : total;
}
`;
}

function python(name: string): string {
  return `

def ${name}(rows, limit=10):
    """Sums up what ${name} is asked for."""
    total = 0
    for index, row in enumerate(rows):
        if index >= limit or row["id"].startswith("test-"):
            continue
        total += row["cents"] if row["cents"] > 0 else 0
    return round(total / 100) * 100 if total > 1_000 else total
`;
}

import { describe, expect, it } from 'vitest';
import { findingsAcross } from './across-modules.ts';
import { languageOf } from './file-languages.ts';
import { scanText } from './scan-text.ts';

/** What a file yields on its own: `rule found`, in the order of the source. */
function seen(text: string, path: string): string[] {
  return placed(text, path).map(({ rule, found }) => `${rule} ${found}`);
}

function placed(text: string, path: string) {
  const scan = scanText(text, path, languageOf(path) ?? 'javascript');
  if (scan.kind !== 'scanned') return [];
  return [...scan.findings, ...findingsAcross([scan.summary])].sort((a, b) => a.line - b.line || a.column - b.column);
}

type Case = readonly [statement: string, code: string, expected: readonly string[]];

const TS_CLIENT = "import OpenAI from 'openai';\nconst c = new OpenAI({ timeout: 1 });\n";
const PY_CLIENT = 'import json\nfrom openai import OpenAI\nc = OpenAI(timeout=1)\n';
/** What the two prefixes yield themselves. */
const SDK = 'provider-sdk openai';

function each(path: string, cases: readonly Case[]): void {
  it.each(cases)('%s', (_, code, expected) => {
    expect(seen(code, path)).toEqual(expected);
  });
}

describe('imports of a provider in TypeScript', () => {
  each('a.ts', [
    ['count in double quotes and with a deep path', 'import "openai/shims/node";', ['provider-sdk openai/shims/node']],
    [
      'do not count when they are types',
      "import type A from 'openai';\nimport { type B } from 'openai';\nexport type { C } from 'openai';",
      [],
    ],
    [
      'do not count when only types use them',
      "import A from 'openai';\nimport * as B from 'openai';\nexport type C = A.D | B.E;\nlet f: A<B.G>;",
      [],
    ],
    ['count when a value uses them', "import A, { type B } from 'openai';\nclass C extends A<B> {}", [SDK]],
    [
      'count when they are handed on',
      "export * from 'openai';\nexport { A } from 'groq-sdk';",
      [SDK, 'provider-sdk groq-sdk'],
    ],
    ['count when they are loaded late', "const { default: A } = await import('openai');\nA();", [SDK]],
    [
      'are not mistaken for packages of similar names',
      "import a from 'openai-edge';\nimport b from './openai';\nimport c from '@ai-sdk/react';",
      [],
    ],
    [
      'do not fire in comments, texts and templates',
      "// import 'openai';\nconst a = `import 'openai' $` + '{x}`';\n/* require('openai') */",
      [],
    ],
  ]);
});

describe('imports of a provider in Python', () => {
  each('a.py', [
    [
      'count under another name',
      'import openai as o\nfrom anthropic import (\n    Anthropic as A,\n    AsyncAnthropic,\n)',
      [SDK, 'provider-sdk anthropic'],
    ],
    [
      'count as parts of namespaces',
      'from google import genai\nimport google.generativeai as g',
      ['provider-sdk google.genai', 'provider-sdk google.generativeai'],
    ],
    [
      'do not count when they are types',
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from openai import OpenAI',
      [],
    ],
    [
      'do not count when they are relative or of similar names',
      'from .openai import a\nfrom . import openai\nimport openai_tools',
      [],
    ],
    ['do not fire in documentation', '"""import openai"""\n# import openai\nx = "import openai"', []],
    [
      'count boto3 by the service it is asked for',
      'import boto3\na = boto3.client("s3", region_name="us-east-1")\nb = boto3.client(service, timeout=1)\nc = boto3.Session().client("bedrock-runtime")',
      ['provider-sdk boto3 bedrock-runtime'],
    ],
  ]);
});

describe('model ids in code', () => {
  each('a.ts', [
    [
      'are told by their version',
      `${TS_CLIENT}f('gpt-4o-2024-08-06', "gpt-4o", \`claude-sonnet-4-6\`);`,
      [SDK, 'model-id gpt-4o-2024-08-06', 'floating-model-id gpt-4o', 'model-id claude-sonnet-4-6'],
    ],
    [
      'are no types, keys, indexes or module names',
      `${TS_CLIENT}type A = 'gpt-4o';\nconst b = { 'gpt-4o': 1 }['gpt-4o'];\nfunction f(a: 'gpt-4o' | 'gpt-5') {}\nimport('gpt-4o');`,
      [SDK],
    ],
    [
      'are no part of a sentence, and no product',
      `${TS_CLIENT}const a = ['Use gpt-4o now', 'gpt-4o is fine', 'claude-code', 'gemini-cli', 'GPT-4o', 'gpt-4o,gpt-5'];`,
      [SDK],
    ],
    [
      'are defaults, not decisions, behind a setting',
      `${TS_CLIENT}const a = process.env.M ?? 'gpt-4o';\nconst b = env['M'] || ('gpt-4o' as string);\nconst d = z.string().default('gpt-4o');\nconst e = process.env.M ? process.env.M : 'gpt-4o';`,
      [SDK, ...Array<string>(4).fill('default-model gpt-4o')],
    ],
    [
      'are decisions behind anything else',
      `${TS_CLIENT}const a = chosen ?? 'gpt-4o';\nfunction f(model = 'gpt-5') {}`,
      [SDK, 'floating-model-id gpt-4o', 'floating-model-id gpt-5'],
    ],
    [
      'may be short where a model is named',
      `${TS_CLIENT}f({ model: 'o3', name: 'o3' });`,
      [SDK, 'floating-model-id o3'],
    ],
    [
      'are of accounts: fine-tuned, imported, profiles',
      `${TS_CLIENT}f(['ft:gpt-4o:acme::a1', 'arn:aws:bedrock:us-east-1:123456789012:custom-model/a.b/c', 'eu.amazon.nova-pro-v1:0']);`,
      [
        SDK,
        'fine-tuned-model ft:gpt-4o:acme::a1',
        'fine-tuned-model arn:aws:bedrock:us-east-1:…:custom-model/a.b/c',
        'inference-profile eu.amazon.nova-pro-v1:0',
      ],
    ],
  ]);
  each('a.tsx', [
    [
      'are found in attributes, between generics',
      'export const A = <T,>(p: P<T>) => <Chat<T> model="gpt-4o" {...p} />;',
      ['floating-model-id gpt-4o'],
    ],
  ]);
  each('a.py', [
    [
      'are texts of any kind',
      `${PY_CLIENT}f('gpt-4o', r"gpt-5", """gpt-4.1""", f"gpt-4o-{x}", ("gpt-4",))`,
      [
        SDK,
        'floating-model-id gpt-4o',
        'floating-model-id gpt-5',
        'floating-model-id gpt-4.1',
        'floating-model-id gpt-4',
      ],
    ],
    [
      'are no types, keys, indexes or documentation',
      `${PY_CLIENT}"gpt-4o"\ndef f(a: Literal["gpt-4o", "gpt-5"], b: "gpt-4o" = None):\n    """gpt-4o"""\n    x: Literal['gpt-4o'] = PRICES["gpt-4o"]\n    return {"gpt-4o": 1}`,
      [SDK],
    ],
    [
      'are defaults behind a setting',
      `${PY_CLIENT}a = os.environ.get("M", "gpt-4o")\nb = os.getenv("M") or "gpt-4o"\nparser.add_argument("--model", default="gpt-4o")\nclass S(BaseSettings):\n    model: str = "gpt-4o"`,
      [SDK, ...Array<string>(4).fill('default-model gpt-4o')],
    ],
    [
      'are decisions in other classes and comparisons',
      `${PY_CLIENT}class S(Base):\n    model: str = "gpt-4o"\nif model == "gpt-5": pass`,
      [SDK, 'floating-model-id gpt-4o', 'floating-model-id gpt-5'],
    ],
  ]);
});

describe('addresses, regions and deployments', () => {
  each('a.ts', [
    [
      'are hosts of providers, without path, user or key',
      `${TS_CLIENT}f('https://u:p@api.anthropic.com/v1?key=k', 'wss://api.openai.com/v1/realtime', 'api.mistral.ai', \`https://bedrock-runtime.\${region}.amazonaws.com\`);`,
      [
        SDK,
        'provider-endpoint api.anthropic.com',
        'provider-endpoint api.openai.com',
        'provider-endpoint api.mistral.ai',
        'provider-endpoint bedrock-runtime.….amazonaws.com',
      ],
    ],
    [
      'are no documentation, no other host, no sentence, no default of a setting',
      `${TS_CLIENT}f('https://platform.openai.com/docs', 'https://api.openai.com.evil.test', "see https://api.openai.com/v1 ", 'connect-src https://api.openai.com', process.env.URL ?? 'https://api.openai.com/v1');`,
      [SDK],
    ],
    [
      'are regions of model clients only',
      "import { S3Client } from '@aws-sdk/client-s3';\nimport { BedrockRuntimeClient as B } from '@aws-sdk/client-bedrock-runtime';\nnew S3Client({ region: 'us-east-1' });\nnew B({ requestHandler, region: 'us-east-1' });\nnew B({ requestHandler, region: REGION });",
      ['provider-sdk @aws-sdk/client-bedrock-runtime', 'region-literal us-east-1'],
    ],
    [
      'are deployments of Azure',
      "import { AzureOpenAI } from 'openai';\nnew AzureOpenAI({ timeout: 1, deployment: 'prod' });\ndeploy({ deployment: 'prod' });",
      [SDK, 'azure-deployment prod'],
    ],
  ]);
  each('a.py', [
    [
      'are found in keyword arguments',
      'from anthropic import AnthropicVertex\nfrom langchain_openai import AzureChatOpenAI\na = AnthropicVertex(region="us-east5", timeout=1)\nb = AzureChatOpenAI(azure_deployment="prod")\nc = deploy(region="us-east5")',
      ['provider-sdk anthropic', 'provider-sdk langchain_openai', 'region-literal us-east5', 'azure-deployment prod'],
    ],
  ]);
});

describe('state, tools and features of providers', () => {
  each('a.ts', [
    [
      'are found wherever the client comes from',
      `${TS_CLIENT}await c.beta.threads.runs.create(id);\nawait this.deps.client.beta.assistants.list();`,
      [SDK, 'retired-api c.beta.threads.runs.create', 'retired-api this.deps.client.beta.assistants.list'],
    ],
    [
      'are nothing when they are absent',
      `${TS_CLIENT}c.responses.create({ model: M, previous_response_id: null, logprobs: false, prompt_cache_key: undefined, reasoning_effort: '' });`,
      [SDK],
    ],
    [
      'mean something only next to a model',
      'const a = { logprobs: true, previous_response_id: x };\nfiles.create(); // openai',
      [],
    ],
    [
      'are tools by their type, not functions of the same name',
      `${TS_CLIENT}c.responses.create({ model: M, tools: [{ type: 'function', name: 'web_search' }, { type: 'web_search' }] });\nlog({ type: 'file_search' });`,
      [SDK, 'hosted-tool web_search'],
    ],
    [
      'are formats with a schema, not plain JSON',
      `${TS_CLIENT}c.chat.completions.create({ response_format: { type: 'json_schema', json_schema: { name } } });\nc.chat.completions.create({ response_format: { type: 'json_object' } });`,
      [SDK, 'provider-feature json_schema'],
    ],
    [
      'are batches and realtime',
      `${TS_CLIENT}c.batches.create({});\nc.beta.realtime.sessions.create({});\nqueue.batches.create({});`,
      [SDK, 'provider-feature c.batches.create', 'provider-feature c.beta.realtime.sessions.create'],
    ],
  ]);
  each('a.py', [
    [
      'are prefilled answers, when the last message is one',
      'import anthropic\nc = anthropic.Anthropic(timeout=1)\nc.messages.create(model=m, max_tokens=1, messages=[{"role": "user"}, {"role": "assistant"}])\nc.messages.create(model=m, max_tokens=1, messages=[{"role": "assistant"}, {"role": "user"}])',
      ['provider-sdk anthropic', 'provider-feature prefilled answer'],
    ],
    [
      'are cache marks, not headers',
      'import anthropic\na = {"cache_control": {"type": "ephemeral"}}\nb = {"cache_control": "no-store"}',
      ['provider-sdk anthropic', 'provider-feature cache_control'],
    ],
    [
      'are caches, files and search of Gemini',
      'from google import genai\nc = genai.Client(http_options=o)\nc.files.upload(file=f)\nc.models.generate_content(model=m, contents=x, config=Config(tools=[Tool(google_search=Search())]))',
      ['provider-sdk google.genai', 'hosted-state c.files.upload', 'hosted-tool google_search'],
    ],
  ]);
});

describe('time limits', () => {
  each('a.ts', [
    [
      'are missing when nothing in the file sets one',
      "import A from '@anthropic-ai/sdk';\nconst a = new A();\nconst b = new A({ apiKey });\nsetTimeout(f, 5);\nif (e instanceof A.APIConnectionTimeoutError) f();",
      ['provider-sdk @anthropic-ai/sdk', 'missing-timeout A', 'missing-timeout A'],
    ],
    [
      'may be set anywhere in the file',
      "import A from '@anthropic-ai/sdk';\nnew A();\nf({ signal });",
      ['provider-sdk @anthropic-ai/sdk'],
    ],
    [
      'are unknown when options come from elsewhere',
      "import A from '@anthropic-ai/sdk';\nnew A(options);\nnew A({ ...options });\nnew A(...all);\nnew A({ fetch });",
      ['provider-sdk @anthropic-ai/sdk'],
    ],
    [
      'are not asked of other classes and types',
      "import A, { toFile } from 'openai';\nnew A.APIError();\ntoFile(x);\nnew B();",
      [SDK],
    ],
    [
      'are asked of each call of the AI SDK',
      "import { generateText, stepCountIs } from 'ai';\ngenerateText({ model, stopWhen: stepCountIs(3) });\ngenerateText(options);",
      ['provider-sdk ai', 'missing-timeout generateText'],
    ],
  ]);
  each('a.py', [
    [
      'are missing for clients under any name',
      'import openai as o\nfrom openai import AsyncOpenAI as A\nx = o.OpenAI()\nasync with A(api_key=k) as y: pass\nz = A(**options)',
      [SDK, SDK, 'missing-timeout o.OpenAI', 'missing-timeout A'],
    ],
    [
      'may be set around the call',
      'from openai import OpenAI\nc = OpenAI()\nasync with asyncio.timeout(5): pass',
      [SDK],
    ],
  ]);
});

describe('retries', () => {
  each('a.ts', [
    [
      'are off or too many',
      `import A from 'openai';\nnew A({ timeout: 1, maxRetries: 0 });\nnew A({ timeout: 1, maxRetries: 5 });\nnew A({ timeout: 1, maxRetries: 4 });\nqueue({ maxRetries: 9 });`,
      [SDK, 'retries-off-or-many maxRetries: 0', 'retries-off-or-many maxRetries: 5'],
    ],
    [
      'are counted with the first attempt for AWS',
      "import { BedrockRuntimeClient as B } from '@aws-sdk/client-bedrock-runtime';\nnew B({ timeout, maxAttempts: 1 });\nnew B({ timeout, maxAttempts: 5 });\nnew B({ timeout, maxAttempts: 6 });",
      [
        'provider-sdk @aws-sdk/client-bedrock-runtime',
        'retries-off-or-many maxAttempts: 1',
        'retries-off-or-many maxAttempts: 6',
      ],
    ],
    [
      'are layered by a wrapper, not by a queue',
      `${TS_CLIENT}import pRetry from 'p-retry';\nawait pRetry(async () => c.responses.create({ model: M }));\nawait queue.add(() => c.responses.create({ model: M }));`,
      [SDK, 'layered-retries c.responses.create'],
    ],
    [
      'are layered by a policy',
      `${TS_CLIENT}import { retry, handleAll } from 'cockatiel';\nconst policy = retry(handleAll, {});\npolicy.execute(() => c.responses.create({ model: M }));`,
      [SDK, 'layered-retries c.responses.create'],
    ],
    [
      'are not layered when the client does not repeat, or may not',
      "import A from 'openai';\nimport pRetry from 'p-retry';\nconst c = new A({ timeout: 1, maxRetries: 0 });\nconst d = new A(options);\nawait pRetry(() => c.responses.create({ model: M }));",
      [SDK],
    ],
  ]);
  each('a.py', [
    [
      'are layered by a decorator',
      `${PY_CLIENT}from tenacity import retry, stop_after_attempt as stop\n@app.get("/")\n@retry(stop=stop(3))\nasync def f():\n    return await c.responses.create(model=M)`,
      [SDK, 'layered-retries c.responses.create'],
    ],
    [
      'are layered by a bare decorator and by a loop',
      `${PY_CLIENT}import tenacity, stamina\n@tenacity.retry\ndef f(): c.responses.create(model=M)\nfor attempt in stamina.retry_context(on=E):\n    with attempt:\n        c.responses.create(model=M)`,
      [SDK, 'layered-retries c.responses.create', 'layered-retries c.responses.create'],
    ],
    [
      'are not layered when the call switches them off',
      `${PY_CLIENT}import backoff\n@backoff.on_exception(backoff.expo, E)\ndef f(): return c.with_options(max_retries=0).responses.create(model=M)`,
      [SDK],
    ],
  ]);
});

describe('errors that vanish', () => {
  each('a.ts', [
    [
      'do so in empty handlers',
      `${TS_CLIENT}try { a = await c.responses.create({ model: M }); } catch { /* no */ }`,
      [SDK, 'swallowed-error c.responses.create'],
    ],
    [
      'do so in promises',
      `${TS_CLIENT}c.responses.create({ model: M }).catch(() => {});\nc.responses.create({ model: M }).then(f).catch(() => null);\nc.responses.create({ model: M }).catch(log);`,
      [SDK, 'swallowed-error c.responses.create', 'swallowed-error c.responses.create'],
    ],
    [
      'do not when the handler does something',
      `${TS_CLIENT}try { await c.responses.create({ model: M }); } catch (e) { log(e); }\ntry { f(); } catch {}`,
      [SDK],
    ],
    [
      'do not when the next model is asked',
      `${TS_CLIENT}async function f() {\n  for (const m of models) {\n    try { return await c.responses.create({ model: m }); } catch {}\n  }\n  throw new Error('none');\n}`,
      [SDK],
    ],
    [
      'do when nothing follows',
      `${TS_CLIENT}async function f() {\n  try { return await c.responses.create({ model: M }); } catch {}\n}`,
      [SDK, 'swallowed-error c.responses.create'],
    ],
    [
      'are none of a call that is no model',
      "import 'openai';\ntry { await twilio.messages.create({ to }); } catch {}",
      [SDK],
    ],
  ]);
  each('a.py', [
    [
      'do so with pass, dots and suppress',
      `${PY_CLIENT}try:\n    c.responses.create(model=M)\nexcept Exception:\n    pass\ntry:\n    c.responses.create(model=M)\nexcept: ...\nwith contextlib.suppress(Exception):\n    c.responses.create(model=M)`,
      [
        SDK,
        'swallowed-error c.responses.create',
        'swallowed-error c.responses.create',
        'swallowed-error c.responses.create',
      ],
    ],
    [
      'do not when somebody wants the work to end',
      `${PY_CLIENT}try:\n    c.responses.create(model=M)\nexcept (asyncio.CancelledError, KeyboardInterrupt):\n    pass\nexcept* E as e:\n    raise`,
      [SDK],
    ],
  ]);
});

describe('streams', () => {
  each('a.ts', [
    [
      'are unchecked in a loop over the call or over its result',
      `${TS_CLIENT}for await (const e of await c.responses.create({ model: M, stream: true })) t += e.delta;\nconst s = await c.chat.completions.create({ stream: true });\nfor await (const { choices } of s) t += choices[0].delta.content;`,
      [SDK, 'unchecked-stream c.responses.create', 'unchecked-stream s'],
    ],
    [
      'are checked when the file looks at the reason',
      `${TS_CLIENT}const s = await c.chat.completions.create({ stream: true });\nfor await (const e of s) t += e.choices[0].delta.content;\nif (last?.['finish_reason'] !== 'stop') throw e;`,
      [SDK],
    ],
    [
      'may be checked by whom the item is handed to',
      `${TS_CLIENT}const s = await c.chat.completions.create({ stream: true });\nfor await (const e of s) handle(e);`,
      [SDK],
    ],
    [
      'are other loops',
      `${TS_CLIENT}const s = await c.chat.completions.create({ stream: false });\nfor (const e of s.choices) f(e.message);\nfor await (const e of rows) f(e.id);`,
      [SDK],
    ],
    [
      'are checked by the helpers of the SDK',
      `${TS_CLIENT}const s = c.chat.completions.stream({ model: M });\nfor await (const e of s) t += e.choices[0].delta.content;`,
      [SDK],
    ],
    [
      'of the AI SDK end silently, whatever is done with the text',
      "import { streamText } from 'ai';\nconst r = streamText({ model, abortSignal });\nfor await (const t of r.textStream) yield t;",
      ['provider-sdk ai', 'unchecked-stream r.textStream'],
    ],
    [
      'of the AI SDK are checked by onError',
      "import { streamText } from 'ai';\nconst r = streamText({ model, abortSignal, onError });\nfor await (const t of r.textStream) write(t);",
      ['provider-sdk ai'],
    ],
  ]);
  each('a.py', [
    [
      'are unchecked in Python too',
      `${PY_CLIENT}async def f():\n    s = await c.chat.completions.create(model=M, stream=True)\n    async for e in s:\n        print(e.choices[0].delta.content, end="")`,
      [SDK, 'unchecked-stream s'],
    ],
    [
      'belong to the function they are in',
      `${PY_CLIENT}def f():\n    s = c.chat.completions.create(model=M, stream=True)\n    return s\ndef g(s):\n    for e in s:\n        print(e.id)`,
      [SDK],
    ],
  ]);
});

describe('JSON in answers', () => {
  const CREATE = 'const r = await c.chat.completions.create({ model: M });\n';
  each('a.ts', [
    [
      'is believed through any number of names',
      `${TS_CLIENT}${CREATE}const m = r.choices[0]!.message;\nconst t = (m.content ?? '{}').trim();\nconst v = JSON.parse(t) as Verdict;`,
      [SDK, 'unguarded-json-parse JSON.parse(t)'],
    ],
    [
      'is believed in one expression',
      `${TS_CLIENT}JSON.parse((await c.responses.create({ model: M })).output_text);`,
      [SDK, 'unguarded-json-parse JSON.parse(c.responses.create.output_text)'],
    ],
    [
      'is validated on the way',
      `${TS_CLIENT}${CREATE}const v = Schema.parse(JSON.parse(r.choices[0].message.content));`,
      [SDK],
    ],
    [
      'is validated afterwards',
      `${TS_CLIENT}${CREATE}const v = JSON.parse(r.choices[0].message.content);\nif (!isVerdict(v)) throw e;\nconst w = JSON.parse(r.choices[0].message.content);\nif (typeof w.score !== 'number') throw e;`,
      [SDK],
    ],
    [
      'is guarded by a handler',
      `${TS_CLIENT}${CREATE}try { v = JSON.parse(r.choices[0].message.content); } catch (e) { retry(e); }`,
      [SDK],
    ],
    [
      'is something else when it is no answer',
      `${TS_CLIENT}${CREATE}JSON.parse(body);\nJSON.parse(r.id);\nfunction f(r) { return JSON.parse(r.text); }`,
      [SDK],
    ],
  ]);
  each('a.py', [
    [
      'is believed in Python too, with a walrus',
      `${PY_CLIENT}r = c.chat.completions.create(model=M)\nif (v := json.loads(r.choices[0].message.content)): pass`,
      [SDK, 'unguarded-json-parse json.loads(r.choices[].message.content)'],
    ],
    [
      'is validated by a model of the data',
      `${PY_CLIENT}r = c.chat.completions.create(model=M)\na = Verdict(**json.loads(r.choices[0].message.content))\nb = json.loads(r.choices[0].message.content)\nVerdict.model_validate(b)`,
      [SDK],
    ],
  ]);
});

describe('gateway settings', () => {
  each('gateway.yaml', [
    [
      'have fallbacks by model or for all',
      'model_list:\n  - { model_name: a, litellm_params: { model: openai/gpt-4o-2024-08-06 } }\n  - { model_name: b }\nlitellm_settings:\n  default_fallbacks: [b]\n',
      ['gateway-fallback * → b'],
    ],
    [
      'need no fallback for a name with two deployments',
      'model_list:\n  - model_name: a\n  - model_name: a\n  - model_name: "b"\n',
      ['gateway-no-fallback b'],
    ],
    ['may hold their fallbacks in another file', 'include: [fallbacks.yaml]\nmodel_list:\n  - model_name: a\n', []],
    ['do not follow aliases', 'a: &a [*a]\nmodel_list: &b\n  - model_name: *b\n', []],
    ['are not mistaken for other files', 'targets: [a, b]\nstrategy: fast\nmodels:\n  - gpt-4o\n  - some/path\n', []],
    [
      'name models in environments',
      'services:\n  api:\n    environment:\n      CHAT_MODEL: gpt-4o\n      PINNED_MODEL: gpt-4o-2024-08-06\n    env:\n      - { name: B_MODEL_ID, value: "claude-sonnet-4-5" }\n',
      ['floating-model-id gpt-4o', 'floating-model-id claude-sonnet-4-5'],
    ],
  ]);
  each('gateway.json', [
    [
      'are nested in Portkey, and never show virtual keys',
      '{"strategy":{"mode":"fallback"},"targets":[{"virtual_key":"vk-1"},{"strategy":{"mode":"loadbalance"},"targets":[{"provider":"a"}]}],"retry":{"attempts":5}}',
      ['gateway-fallback target → target', 'gateway-no-fallback a', 'retries-off-or-many attempts: 5'],
    ],
    [
      'are lists of OpenRouter',
      '{"models": ["anthropic/claude-sonnet-4.5", "openai/gpt-4o"]}',
      ['gateway-fallback anthropic/claude-sonnet-4.5 → openai/gpt-4o'],
    ],
  ]);

  it('are unreadable when they are broken, other broken files are not', () => {
    expect(scanText('model_list:\n  - a: [\n', 'a.yaml', 'gateway-config')).toEqual({ kind: 'unreadable' });
    expect(scanText('{{ template }}: [\nmodels: [a/b', 'a.yaml', 'gateway-config')).toEqual({ kind: 'unrelated' });
  });
});

describe('places', () => {
  it('count lines with LF, CRLF and CR, tabs as one column, and columns in UTF-16 units', () => {
    const code = "import 'openai';\r\n\tf('gpt-4o');\r/* 😀 */ f('gpt-5');\nf('𝒳', 'gpt-4');";
    expect(placed(code, 'a.ts').map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [2, 4],
      [3, 12],
      [4, 9],
    ]);
  });

  it('hold one finding of a rule', () => {
    const code = "const { A } = require('openai');\nnew (require('openai'))({ timeout: 1 });";
    expect(seen(code, 'a.cjs')).toEqual([SDK, SDK]);
  });
});

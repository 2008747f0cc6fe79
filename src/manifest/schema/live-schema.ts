import { z } from 'zod';
import { PROMPT_SDKS } from '../../contract/judge.ts';
import { COMMAND_INPUTS } from '../../contract/live.ts';
import { budget, load } from './load-schema.ts';
import { probesSchema, refuseVainProbes } from './probes-schema.ts';
import { upstreamSchema } from './upstream-schema.ts';
import { count, duration, env, identifier, insidePath, text } from './values.ts';

export const command = z
  .array(text('The program, then its arguments'))
  .min(1)
  .max(100)
  .meta({ description: 'Program and arguments, started in the folder of the manifest; no shell reads them' });

export const passEnv = z
  .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a name of a variable'))
  .meta({ description: 'Names of environment variables that it is given besides PATH, HOME, LANG, TMPDIR and TZ' });

const service = z.strictObject({
  command: command.optional(),
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/]+$/, 'an address such as http://127.0.0.1:8080')
    .meta({ description: 'Where it answers; {port} here and in command is a free port, which PORT holds too' }),
  readyPath: text('Path that answers below 400 once it is ready; default /').optional(),
  request: z
    .strictObject({
      method: z.enum(['POST', 'PUT', 'GET']).meta({ description: 'Default POST' }).optional(),
      path: text('Path of the request, such as /triage'),
    })
    .meta({ description: 'How one run is asked for; the input is the JSON body' }),
});

const sdk = z
  .enum(PROMPT_SDKS)
  .meta({ description: 'Package that asks; default @anthropic-ai/sdk for a provider of that name, else openai' });

const prompt = z.strictObject({
  sdk: sdk.optional(),
  system: insidePath('File with the system prompt').optional(),
  tools: insidePath('JSON file with a list of tools: name, description and parameters of each').optional(),
  stream: z.boolean().meta({ description: 'Whether answers are streamed; default false' }).optional(),
  maxTokens: z
    .int()
    .min(1)
    .max(1_000_000)
    .meta({ description: 'Most tokens of an answer; default caps.outputTokens, else 1024' })
    .optional(),
});

const judge = z.strictObject({
  provider: identifier('Its provider, which the upstream answers for'),
  model: text('Its model'),
  sdk: sdk.optional(),
  calibration: insidePath('JSON lines of labelled items: rule, answer and label (pass or fail) of each'),
});

const servedTools = z
  .record(
    text('Name of the tool'),
    z.strictObject({ answer: z.json().meta({ description: 'What a call of it answers, as JSON' }) }),
  )
  .meta({
    description:
      'Tools that aigate plays for the workload, at AIGATE_TOOLS_URL (POST /<tool>) and AIGATE_MCP_URL: calls of them are counted',
  });

export const liveSchema = z
  .strictObject({
    command: command.optional(),
    input: z.enum(COMMAND_INPUTS).meta({ description: 'How the input reaches the program; default stdin' }).optional(),
    http: service.meta({ description: 'A service that is asked once for each run' }).optional(),
    prompt: prompt
      .meta({
        description: 'The primary model itself, asked once for each run; an input is a text or a list of messages',
      })
      .optional(),
    passEnv: passEnv.optional(),
    env: env.optional(),
    tools: servedTools.optional(),
    upstream: upstreamSchema,
    runs: count('Healthy runs of each scenario; default 20', 10_000).optional(),
    concurrency: count('Runs at the same time; default 4', 64).optional(),
    timeout: duration('Hard limit of one run; default timeouts.run, else 60s').optional(),
    judge: judge
      .meta({
        description: 'A model that judges answers by rules in words; it decides only when it agrees with people',
      })
      .optional(),
    load: load.optional(),
    probes: probesSchema.optional(),
    budget: budget.optional(),
  })
  .superRefine(refuseVainProbes)
  .superRefine(({ command: program, http, prompt: model, input, passEnv: names, env }, context) => {
    const refuse = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
    if ([program, http, model].filter((target) => target !== undefined).length !== 1) {
      context.addIssue({ code: 'custom', message: 'expected one of command, http and prompt' });
      return;
    }
    if (http !== undefined && input !== undefined) {
      refuse('input', 'a service gets its input as the body of the request');
    }
    if (http?.url.includes('{port}') && http.command === undefined) {
      refuse('http', 'only a service that command starts can be given a {port}');
    }
    if (model === undefined) return;
    if (input !== undefined) refuse('input', 'a prompt gets its input as messages');
    if (names !== undefined)
      refuse('passEnv', 'a prompt starts no program; keys of providers are named under upstream.live');
    if (env !== undefined) refuse('env', 'a prompt starts no program');
  })
  .meta({ description: 'How aigate runs the workload itself, with its model calls led to a proxy on this machine' });

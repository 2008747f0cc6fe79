import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { generateText, streamText } from 'ai';
import OpenAI from 'openai';

/** What code that uses a client library reads of an answer when nothing was thrown. */
export interface Read {
  /** The text, joined from its pieces; undefined or null where the library gives none. */
  readonly text: string | null | undefined;
  /** Why the answer ended, in the library's words; undefined or null = it does not say. */
  readonly finish: string | null | undefined;
}

/** How a client is set up for one call. */
export interface Setup {
  /** Of the run, without the provider. */
  readonly baseUrl: string;
  /** Of the client where it takes one, in ms; undefined = the library's own. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** One way to call a model through a client library, as its documentation shows it; once, without retries. */
export interface CallStyle {
  readonly id: string;
  /** The npm package whose behaviour is seen. */
  readonly library: 'openai' | '@anthropic-ai/sdk' | 'ai';
  read(setup: Setup): Promise<Read>;
}

const PROMPT = 'Tell the story.';
const MESSAGES = [{ role: 'user' as const, content: PROMPT }];
const CHAT = { model: 'gpt-4.1', messages: MESSAGES };
const RESPONSE = { model: 'gpt-4.1', input: PROMPT };
const MESSAGE = { model: 'claude-sonnet-4-6', max_tokens: 1_000, messages: MESSAGES };

const openai = ({ baseUrl, timeoutMs }: Setup) =>
  new OpenAI({ apiKey: 'none', baseURL: `${baseUrl}/openai/v1`, maxRetries: 0, timeout: timeoutMs });
const anthropic = ({ baseUrl, timeoutMs }: Setup) =>
  new Anthropic({ apiKey: 'none', baseURL: `${baseUrl}/anthropic`, maxRetries: 0, timeout: timeoutMs });
const viaAi = ({ baseUrl, signal }: Setup) => ({
  model: createOpenAI({ apiKey: 'none', baseURL: `${baseUrl}/openai/v1` }).chat(CHAT.model),
  prompt: PROMPT,
  maxRetries: 0,
  abortSignal: signal,
});

/** All that are watched. */
export const CALL_STYLES: readonly CallStyle[] = [
  {
    id: 'chat.completions.create',
    library: 'openai',
    async read(setup) {
      const answer = await openai(setup).chat.completions.create(CHAT, { signal: setup.signal });
      const choice = answer?.choices?.[0];
      return { text: choice?.message?.content, finish: choice?.finish_reason };
    },
  },
  {
    id: 'chat.completions.create({ stream: true })',
    library: 'openai',
    async read(setup) {
      const stream = await openai(setup).chat.completions.create({ ...CHAT, stream: true }, { signal: setup.signal });
      let [text, finish]: [string, Read['finish']] = ['', undefined];
      for await (const chunk of stream) {
        const choice = chunk.choices?.[0];
        text += choice?.delta?.content ?? '';
        finish = choice?.finish_reason ?? finish;
      }
      return { text, finish };
    },
  },
  {
    id: 'chat.completions.stream().finalChatCompletion()',
    library: 'openai',
    async read(setup) {
      const stream = openai(setup).chat.completions.stream(CHAT, { signal: setup.signal });
      const choice = (await stream.finalChatCompletion()).choices[0];
      return { text: choice?.message.content, finish: choice?.finish_reason };
    },
  },
  {
    id: 'responses.create',
    library: 'openai',
    async read(setup) {
      const answer = await openai(setup).responses.create(RESPONSE, { signal: setup.signal });
      return { text: answer?.output_text, finish: answer?.status };
    },
  },
  {
    id: 'responses.create({ stream: true })',
    library: 'openai',
    async read(setup) {
      const stream = await openai(setup).responses.create({ ...RESPONSE, stream: true }, { signal: setup.signal });
      let [text, finish]: [string, Read['finish']] = ['', undefined];
      for await (const event of stream) {
        if (event.type === 'response.output_text.delta') text += event.delta;
        if ('response' in event) finish = event.response.status === 'in_progress' ? finish : event.response.status;
      }
      return { text, finish };
    },
  },
  {
    id: 'messages.create',
    library: '@anthropic-ai/sdk',
    async read(setup) {
      return readMessage(await anthropic(setup).messages.create(MESSAGE, { signal: setup.signal }));
    },
  },
  {
    id: 'messages.create({ stream: true })',
    library: '@anthropic-ai/sdk',
    async read(setup) {
      const stream = await anthropic(setup).messages.create({ ...MESSAGE, stream: true }, { signal: setup.signal });
      let [text, finish]: [string, Read['finish']] = ['', undefined];
      for await (const event of stream) {
        if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
        if (event.type === 'message_delta') finish = event.delta.stop_reason;
      }
      return { text, finish };
    },
  },
  {
    id: 'messages.stream().finalMessage()',
    library: '@anthropic-ai/sdk',
    async read(setup) {
      return readMessage(await anthropic(setup).messages.stream(MESSAGE, { signal: setup.signal }).finalMessage());
    },
  },
  {
    id: 'generateText',
    library: 'ai',
    async read(setup) {
      const { text, finishReason } = await generateText(viaAi(setup));
      return { text, finish: finishReason };
    },
  },
  {
    id: 'streamText().textStream',
    library: 'ai',
    async read(setup) {
      // Without `onError` the library prints what went wrong and ends the loop all the same.
      const stream = streamText({ ...viaAi(setup), onError: () => undefined });
      let text = '';
      for await (const piece of stream.textStream) text += piece;
      const finish = await stream.finishReason.then(
        (reason) => reason,
        () => 'finishReason rejects',
      );
      return { text, finish };
    },
  },
];

function readMessage(message: Anthropic.Message): Read {
  const first = message?.content?.[0];
  return { text: first?.type === 'text' ? first.text : undefined, finish: message?.stop_reason };
}

import { claudeCode } from './claude-code/claude-code.ts';
import type { Form } from './form.ts';
import { inspect } from './inspect/inspect.ts';
import { langfuse } from './langfuse/langfuse.ts';
import { langsmith } from './langsmith/langsmith.ts';
import { litellm } from './litellm/litellm.ts';
import { messages } from './messages.ts';
import { promptfoo } from './promptfoo/promptfoo.ts';

/** Every form besides OTLP and hand-written runs, the most telling first. */
export const FORMS: readonly Form[] = [langfuse, langsmith, litellm, promptfoo, inspect, claudeCode, messages];

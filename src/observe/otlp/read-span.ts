import { unpacked } from '../../contract/json-value.ts';
import type { AssessArguments, AssessedAnswer, RecordedUsage } from '../../contract/observed-run.ts';
import type { TextFacts } from '../../contract/run.ts';
import {
  type ModelExtra,
  type ModelFacts,
  type RetrievalFacts,
  ROLES,
  type Role,
  type SpanRow,
  type ToolFacts,
} from '../assemble/span-row.ts';
import { documentsOf, documentsOfNumbered } from '../documents.ts';
import { type Ending, endingOf } from '../failure.ts';
import { argumentsIn } from '../forms/tool-input.ts';
import { heardIn, numberedUserTexts } from '../said.ts';
import type { TokenCounter } from '../token-counter.ts';
import { toldError } from '../told-failure.ts';
import { KINDS } from './aliases.ts';
import { type Answer, promptText } from './answer.ts';
import { answerOfSpan } from './answer-of-span.ts';
import { plainOf, stringOf, textOf } from './any-value.ts';
import { F, type WatchedKeys } from './attribute-plan.ts';
import { createFieldReader, type FieldReader } from './field-reader.ts';
import type { Keep } from './keep.ts';
import { hasErrorStatus, idOf, isSpan, isStandardId, type OtlpSpan, STANDARD_IDS, statusMessage } from './otlp-span.ts';
import { createMarksReader, hasApproval } from './read-marks.ts';
import { createOffersReader } from './read-offers.ts';
import { spanTimes } from './unix-nano.ts';
import { usageFromJson } from './usage-json.ts';

export interface SpanReaderOptions extends WatchedKeys {
  readonly assess: (answer: AssessedAnswer) => TextFacts;
  readonly assessArguments: AssessArguments;
  readonly keepsWords: boolean;
  readonly findsSecrets: boolean;
  readonly keep: Keep;
  readonly tokens: TokenCounter;
}

/** Where a span stands. */
interface SpanPlace {
  readonly block: number;
  readonly hasScope: boolean;
  readonly line: number;
  /** Pointer of the n-th span where it is not the place in its list. */
  readonly pathOf: ((index: number) => string) | undefined;
}

/** What became of a span: a row, or why there is none. */
export interface SpanReader {
  read(span: unknown, index: number, place: SpanPlace): SpanRow | string;
  /** By whose words the span read last is written. */
  dialect(): string | undefined;
}

const STRUCTURE_OPERATIONS: ReadonlySet<string> = new Set(['create_agent', 'invoke_workflow', 'agent_step']);

/** GenAI operations that are no step. Their cost, where they have any, is that of the calls below them. */
const STEPLESS_OPERATIONS: ReadonlySet<string> = new Set([
  'plan',
  'rerank',
  'create_memory',
  'search_memory',
  'update_memory',
  'upsert_memory',
  'delete_memory',
  'create_memory_store',
  'delete_memory_store',
]);

export function createSpanReader(options: SpanReaderOptions): SpanReader {
  const { assess, assessArguments, keepsWords, findsSecrets, keep, tokens, ...watched } = options;
  const fields = createFieldReader(watched);
  const readMarks = createMarksReader(watched, keep, assess);
  const readOffers = createOffersReader(keep);
  return { read: readSpan, dialect: () => fields.dialect() };

  function readSpan(span: unknown, index: number, { block, hasScope, line, pathOf }: SpanPlace): SpanRow | string {
    if (!isSpan(span)) return 'a span is not an object';
    const ids = span[STANDARD_IDS];
    const id = ids?.traceId ?? idOf(span.traceId ?? span.trace_id);
    // The id of a run is shown. Standard ones are random; others may say who it was.
    const trace = id === undefined || ids !== undefined || isStandardId(id) ? id : keep.content(id);
    if (trace === undefined) return 'a span has no trace id';
    fields.read(span.attributes);
    const { error, isPaused } = endingIn(span);
    const role = roleAtEnd(roleOf(fields, span), isPaused);
    const { startUs, durationNs } = spanTimes(
      span.startTimeUnixNano ?? span.start_time_unix_nano,
      span.endTimeUnixNano ?? span.end_time_unix_nano,
    );
    const isTool = role === ROLES.tool || role === ROLES.mcpTool;
    const failure = isTool && !isPaused ? toolFailure(error) : error;
    return {
      trace,
      isTraceAsRecorded: trace === id,
      block,
      line,
      index,
      path: pathOf?.(index),
      spanId: ids?.spanId ?? idOf(span.spanId ?? span.span_id) ?? `#${line}/${index}`,
      parentId: ids === undefined ? idOf(span.parentSpanId ?? span.parent_span_id) : ids.parentId,
      startUs,
      // A recorded duration stands in where there are no times at all.
      durationNs: startUs === undefined ? wholeNumber(fields.number(F.durationNs)) : durationNs,
      error: keep.label(failure),
      role,
      model: role === ROLES.model ? modelFacts(span, startUs) : role === ROLES.embedding ? embeddingFacts() : undefined,
      tool: isTool ? toolFacts(span) : undefined,
      retrieval: role === ROLES.retrieval ? retrievalFacts() : undefined,
      marks: readMarks(span, fields, { startUs, hasScope, isTool }),
    };
  }

  /** Both the type of the error and the words of the status may name what was no failure. */
  function endingIn(span: OtlpSpan): Ending {
    const isFailed = hasErrorStatus(span) || fields.text(F.level) === 'ERROR';
    const type = fields.text(F.errorType);
    const said = endingOf(isFailed, statusMessage(span));
    const isNoFailure = said.isPaused || (isFailed && said.error === undefined);
    if (type === undefined || isNoFailure) return said;
    const typed = endingOf(true, type);
    return typed.error === undefined ? typed : { error: type, isPaused: false };
  }

  function toolFacts(span: OtlpSpan): ToolFacts {
    const named = fields.text(F.toolName) ?? fields.text(F.entityName);
    // Dialects that say by a kind that a span is a tool call say its name by that of the span.
    const name = named ?? (fields.has(F.kind) && typeof span.name === 'string' ? span.name : undefined);
    const recorded = textOf(fields.raw(F.toolArguments)) ?? textOf(fields.raw(F.spanInput));
    const args = recorded === undefined ? undefined : argumentsIn(recorded);
    return {
      name: keep.label(unquoted(name)),
      callId: keep.content(fields.text(F.toolCallId)),
      args: keep.content(args),
      facts: assessArguments(unquoted(name), args),
      ...resultFacts(),
    };
  }

  /** A tool that gave an error back as its answer has not thrown, so that its span has no error of its own. */
  function toolFailure(error: string | undefined): string | undefined {
    return error ?? toldError(textOf(fields.raw(F.toolResult)));
  }

  function resultFacts(): Pick<ToolFacts, 'result' | 'resultSecret'> {
    if (!keepsWords && !findsSecrets) return {};
    const said = textOf(fields.raw(F.toolResult));
    return {
      result: keepsWords ? keep.words(said) : undefined,
      resultSecret: findsSecrets ? keep.secret(said) : undefined,
    };
  }

  function retrievalFacts(): RetrievalFacts {
    const documents = documentsOf(plainOf(fields.raw(F.documents))) ?? documentsOfNumbered(fields.numberedDocuments());
    return {
      source: keep.label(fields.text(F.dataSource)),
      documents: keep.labels(documents),
    };
  }

  function embeddingFacts(): ModelFacts {
    return {
      ...names(),
      requestedModel: keep.label(unquoted(fields.text(F.requestedModel) ?? fields.text(F.embeddingModel))),
      usage: usageOf(),
      finish: undefined,
      serviceTier: undefined,
      firstTokenMs: undefined,
      parameters: undefined,
      extra: undefined,
    };
  }

  function names(): Pick<ModelFacts, 'provider' | 'requestedModel' | 'servedModel'> {
    return {
      provider: keep.label(unquoted(fields.text(F.provider))),
      requestedModel: keep.label(unquoted(fields.text(F.requestedModel))),
      servedModel: keep.label(unquoted(fields.text(F.servedModel))),
    };
  }

  function modelFacts(span: OtlpSpan, startUs: number | undefined): ModelFacts {
    const answer = answerOfSpan(fields, span.events);
    const recorded = finishOf(fields.raw(F.finish)) ?? (answer?.finish.length === 0 ? undefined : answer?.finish);
    const finish = keep.labels(recorded);
    const usage = usageOf();
    return {
      provider: keep.label(unquoted(fields.text(F.provider))),
      requestedModel: keep.label(unquoted(fields.text(F.requestedModel))),
      servedModel: keep.label(unquoted(fields.text(F.servedModel))),
      usage,
      finish,
      serviceTier: keep.label(fields.text(F.serviceTier)?.toLowerCase()),
      firstTokenMs: firstTokenMs(startUs),
      parameters: fields.parameters(),
      extra: extraOf(answer, recorded, usage),
    };
  }

  function usageOf(): RecordedUsage {
    const usage = usageFields();
    if (usage.input !== undefined || usage.output !== undefined || !fields.has(F.usageJson)) return usage;
    return usageFromJson(plainOf(fields.raw(F.usageJson))) ?? usage;
  }

  function usageFields(): RecordedUsage {
    const isUnstated = fields.leavesCacheOpen(F.cacheReadTokens) || fields.leavesCacheOpen(F.cacheWriteTokens);
    return {
      input: fields.number(F.inputTokens),
      output: fields.number(F.outputTokens),
      total: fields.number(F.totalTokens),
      cacheRead: fields.number(F.cacheReadTokens),
      cacheWrite: fields.number(F.cacheWriteTokens),
      cacheWriteLong: undefined,
      reasoning: fields.number(F.reasoningTokens),
      convention: isUnstated ? 'unstated' : 'inclusive',
      reasoningIs: isUnstated ? 'unstated' : 'inside',
    };
  }

  function firstTokenMs(startUs: number | undefined): number | undefined {
    const recorded = fields.number(F.firstTokenMs);
    if (recorded !== undefined) return recorded >= 0 ? recorded : undefined;
    const at = fields.has(F.firstTokenAt) ? Date.parse(unquoted(fields.text(F.firstTokenAt)) ?? '') : Number.NaN;
    const after = startUs === undefined ? Number.NaN : at - startUs / 1e3;
    return after >= 0 ? after : undefined;
  }

  function extraOf(
    answer: Answer | undefined,
    finish: readonly string[] | undefined,
    usage: RecordedUsage,
  ): ModelExtra | undefined {
    const counted = usage.input === undefined || usage.output === undefined ? countedOf(answer, usage) : undefined;
    const heard = keepsWords ? heardWords() : undefined;
    const offered = readOffers(fields);
    const hasNone = answer === undefined && counted === undefined && heard === undefined && offered === undefined;
    if (hasNone && !EXTRA_FIELDS.some((field) => fields.has(field))) return undefined;
    const attempt = fields.number(F.attempt);
    const extra = {
      attempt: attempt !== undefined && Number.isInteger(attempt) && attempt >= 1 ? attempt : undefined,
      fallbackFrom: keep.label(fields.text(F.fallbackFrom)),
      fallbackReason: keep.content(fields.text(F.fallbackReason)),
      costUsd: fields.number(F.costUsd),
      counted,
      heard,
      offeredTools: offered,
    };
    if (answer === undefined) return extra;
    const { text, tools, citations } = answer;
    return {
      ...extra,
      text: keep.content(text),
      facts: assess({ text, finish, citations }),
      requestedTools: keep.labels(tools),
    };
  }

  function heardWords(): readonly string[] | undefined {
    const texts = heardIn(unpacked(plainOf(fields.raw(F.inputMessages)))) ?? numberedUserTexts(fields.numberedPrompt());
    return texts.length === 0 ? undefined : texts.map((text) => keep.words(text) ?? '');
  }

  /** Only where nothing at all is reported: one count or a total says more than a guess. */
  function countedOf(answer: Answer | undefined, { input, output, total }: RecordedUsage): ModelExtra['counted'] {
    if (input !== undefined || output !== undefined || total !== undefined) return undefined;
    // A call without a model has no price, however many tokens it has.
    if (!fields.has(F.requestedModel) && !fields.has(F.servedModel)) return undefined;
    const prompt = promptText(plainOf(fields.raw(F.inputMessages)), fields.numberedPrompt());
    if (prompt === undefined && answer === undefined) return undefined;
    return tokens.count({ input: prompt, output: answer?.text });
  }
}

const EXTRA_FIELDS = [F.attempt, F.fallbackFrom, F.fallbackReason, F.costUsd];

const ROLE_OF_KIND: Readonly<Record<NonNullable<ReturnType<typeof KINDS.get>>, Role>> = {
  model: ROLES.model,
  tool: ROLES.tool,
  structure: ROLES.structure,
  agent: ROLES.agent,
  retrieval: ROLES.retrieval,
  embedding: ROLES.embedding,
  noStep: ROLES.noStep,
};

function roleOf(fields: FieldReader, span: OtlpSpan): Role {
  const operation = fields.text(F.operation)?.toLowerCase();
  switch (operation) {
    case 'chat':
    case 'text_completion':
    case 'generate_content':
      return ROLES.model;
    case 'execute_tool':
      return isMcpCall(fields) ? ROLES.mcpTool : ROLES.tool;
    case 'invoke_agent':
      return ROLES.agent;
    case 'embeddings':
      return ROLES.embedding;
    case 'retrieval':
      return ROLES.retrieval;
  }
  if (isMcpCall(fields)) return ROLES.mcpTool;
  if (operation !== undefined && STRUCTURE_OPERATIONS.has(operation)) return ROLES.structure;
  if (operation !== undefined && STEPLESS_OPERATIONS.has(operation)) return ROLES.noStep;
  const kind = fields.has(F.kind) ? KINDS.get(unquoted(fields.text(F.kind))?.toLowerCase() ?? '') : undefined;
  if (kind !== undefined) return ROLE_OF_KIND[kind];
  // Without an operation, or with one nobody knows, what the span carries decides: a call that is not counted would
  // be a call that nobody judges.
  const namesModel = fields.has(F.requestedModel) || fields.has(F.servedModel);
  const hasUsage = fields.has(F.inputTokens) || fields.has(F.outputTokens) || fields.has(F.totalTokens);
  if (namesModel && (hasUsage || hasErrorStatus(span))) return ROLES.model;
  if (fields.has(F.toolName) && !hasApproval(fields)) return ROLES.tool;
  return operation === undefined ? ROLES.other : ROLES.noStep;
}

/** A tool that waits for a person was not called yet: it is called anew once they answered. */
function roleAtEnd(role: Role, isPaused: boolean): Role {
  return isPaused && (role === ROLES.tool || role === ROLES.mcpTool) ? ROLES.structure : role;
}

function isMcpCall(fields: FieldReader): boolean {
  return fields.text(F.mcpMethod) === 'tools/call';
}

/** MLflow writes every value as JSON: `"LLM"` with its quotes. */
function unquoted(text: string | undefined): string | undefined {
  return text?.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
}

function wholeNumber(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

function finishOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const single = stringOf(value);
  if (single !== undefined) return [single];
  const plain = plainOf(value);
  return Array.isArray(plain) ? plain.filter((reason) => typeof reason === 'string') : undefined;
}

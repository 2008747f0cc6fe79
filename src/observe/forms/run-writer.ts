import { jsonText } from '../../contract/json-value.ts';
import type { AssessArguments, AssessedAnswer, RecordedUsage } from '../../contract/observed-run.ts';
import type { ApprovalDecision, RunOutcome, TextFacts } from '../../contract/run.ts';
import { outcomeOf, type SelectedValues } from '../assemble/merge-marks.ts';
import type { SpanBlocks } from '../assemble/span-blocks.ts';
import {
  type ApprovalMark,
  type ModelFacts,
  PART,
  ROLES,
  type Role,
  type SpanBlock,
  type SpanMarks,
  type SpanRow,
  type ToolFacts,
} from '../assemble/span-row.ts';
import type { Answer } from '../otlp/answer.ts';
import type { Keep } from '../otlp/keep.ts';
import type { CallTexts, TokenCounter } from '../token-counter.ts';
import { type Attributes, attributeAt, attributeText } from './attributes.ts';
import type { Place } from './form.ts';
import { msBetween } from './times.ts';

/** When something happened: Unix ms. Undefined = not recorded, or impossible. */
export interface When {
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** Only where there is no start: a recorded duration by itself. */
  readonly durationMs?: number | undefined;
}

/** What a record says of one run. Absent fields are not recorded. */
export interface RunDraft extends When {
  /** The same for all parts of the run, wherever they stand; unlike that of any other run. */
  readonly id: string;
  /** The id is unlike others in this file only. */
  readonly isIdLocal?: boolean | undefined;
  readonly place: Place;
  /** The record encloses the task, so that its error or its absence speaks of the whole. */
  readonly isWhole: boolean;
  /** Tells records that enclose the task from each other, where a run has several; the same record is read once. */
  readonly part?: string | undefined;
  readonly error?: string | undefined;
  readonly outcome?: RunOutcome | undefined;
  readonly task?: string | undefined;
  readonly principal?: string | undefined;
  readonly version?: string | undefined;
  readonly revision?: string | undefined;
  readonly environment?: string | undefined;
  /** Answers were taken from a store instead of asking a model. */
  readonly isReplayed?: boolean | undefined;
  /** What scenarios may select by and monitors watch. */
  readonly attributes: Attributes;
}

/** What all steps have in common. `id` is unique within the run; steps of one id and content are one step. */
interface StepDraft extends When {
  readonly id: string;
  readonly parent?: string | undefined;
  readonly place: Place;
  readonly error?: string | undefined;
  /** Monitors may watch it. */
  readonly label?: string | undefined;
  /** What scenarios may select by and monitors watch, besides what the run says; asked for only where any do. */
  readonly attributes?: (() => Attributes) | undefined;
}

export interface ModelDraft extends StepDraft {
  readonly provider?: string | undefined;
  readonly requestedModel?: string | undefined;
  readonly servedModel?: string | undefined;
  readonly usage: RecordedUsage;
  /** Finish reasons beside those in the answer. */
  readonly finish?: readonly string[] | undefined;
  /** Undefined = the content of the answer is not recorded. */
  readonly answer?: Answer | undefined;
  /** Everything the model was given to read; asked for only where usage is not recorded. */
  readonly prompt?: (() => CallTexts['input']) | undefined;
  /** Words of the user that it was given; asked for only where they are needed. Absent = not recorded. */
  readonly heard?: (() => readonly string[] | undefined) | undefined;
  readonly serviceTier?: string | undefined;
  readonly firstTokenMs?: number | undefined;
  readonly isReplayed?: boolean | undefined;
  readonly attempt?: number | undefined;
  readonly fallbackFrom?: string | undefined;
  readonly fallbackReason?: string | undefined;
  readonly costUsd?: number | undefined;
  readonly parameters?: readonly string[] | undefined;
  /** Names of the tools that the request offered; undefined = not recorded. */
  readonly offeredTools?: readonly string[] | undefined;
  /** How often the client sent the request again before it was answered; undefined = not recorded. */
  readonly resends?: number | undefined;
}

export interface ToolDraft extends StepDraft {
  readonly name: string | undefined;
  readonly callId?: string | undefined;
  /** JSON text, or a value. */
  readonly args?: unknown;
  /** What it answered; asked for only where it is needed. */
  readonly result?: (() => unknown) | undefined;
}

export interface ApprovalDraft extends StepDraft {
  readonly decision: ApprovalDecision | undefined;
  readonly by: 'human' | 'policy' | 'none' | undefined;
  readonly approver?: string | undefined;
  /** JSON text, or a value. */
  readonly args?: unknown;
  readonly tool?: string | undefined;
  readonly callId?: string | undefined;
}

export interface RetrievalDraft extends StepDraft {
  readonly source?: string | undefined;
  readonly documents?: readonly string[] | undefined;
}

/** The run that was begun, to which steps are added. */
export interface RunHandle {
  model(step: ModelDraft): void;
  embedding(step: Pick<ModelDraft, 'provider' | 'requestedModel' | 'usage'> & StepDraft): void;
  tool(step: ToolDraft): void;
  approval(step: ApprovalDraft): void;
  retrieval(step: RetrievalDraft): void;
  /** A record that encloses others and is no step itself; whether tasks hang together is seen by it. */
  structure(step: StepDraft): void;
}

/** Begins a run, or another part of one. */
export type RunWriter = (run: RunDraft) => RunHandle;

export interface RunWriterOptions {
  /** Index of the source. */
  readonly source: number;
  readonly isDeclared: boolean;
  readonly selectKeys: readonly string[];
  readonly signals: readonly string[];
  readonly assess: (answer: AssessedAnswer) => TextFacts;
  readonly assessArguments: AssessArguments;
  readonly keepsWords: boolean;
  readonly findsSecrets: boolean;
  readonly keep: Keep;
  readonly tokens: TokenCounter;
  readonly blocks: SpanBlocks;
  /** Receives every row: one for each part of a run, and one for each record in it. */
  readonly add: (row: SpanRow, of: 'run' | 'record') => void;
}

/** Writes runs of any form as the rows from which runs are assembled; redacts and shortens everything on the way. */
export function createRunWriter(options: RunWriterOptions): RunWriter {
  const { keep, assess, tokens, blocks, selectKeys, signals, add } = options;
  const isWatched = selectKeys.length > 0 || signals.length > 0;
  return (run) => {
    const block = blocks.indexOf(blockOf(run));
    const trace = keep.content(run.isIdLocal === true ? `recordings/${options.source}:${run.id}` : run.id) ?? '';
    const rootId = `${PART}${run.isWhole ? (run.part ?? '') : `${options.source}:${run.place.line}${run.place.pointer}`}`;
    const rowOf = (step: StepDraft, role: Role, rest: Partial<SpanRow> = {}): SpanRow => ({
      trace,
      isTraceAsRecorded: false,
      block,
      line: step.place.line,
      index: 0,
      path: step.place.pointer,
      spanId: step.id,
      parentId: step.parent ?? rootId,
      error: keep.label(step.error),
      role,
      model: undefined,
      tool: undefined,
      marks: stepMarks(step),
      // Spreads stand last everywhere here: members that follow one make V8 copy the object member by member.
      ...timesOf(step),
      ...rest,
    });
    const put = (row: SpanRow) => add(row, 'record');
    const root: SpanRow = {
      ...rowOf({ ...run, id: rootId, attributes: undefined }, ROLES.structure),
      // Where the record does not enclose the task, its error is not that of the task.
      parentId: run.isWhole ? undefined : `above:${run.id}`,
      marks: marksOf(run),
    };
    add(root, 'run');
    return {
      model: (step) => put(rowOf(step, ROLES.model, { model: modelFacts(step), marks: stepMarks(step, step.resends) })),
      embedding: (step) => put(rowOf(step, ROLES.embedding, { model: modelFacts({ ...step, answer: undefined }) })),
      tool: (step) => put(rowOf(step, ROLES.tool, { tool: toolFacts(step) })),
      approval: (step) =>
        put(rowOf(step, ROLES.other, { marks: { signals: [], ...stepMarks(step), approvals: [approvalMark(step)] } })),
      retrieval: (step) =>
        put(
          rowOf(step, ROLES.retrieval, {
            retrieval: {
              source: keep.label(step.source),
              documents: keep.labels(step.documents),
            },
          }),
        ),
      structure: (step) => put(rowOf(step, ROLES.structure)),
    };
  };

  function blockOf({ revision, environment, version, isReplayed, attributes }: RunDraft): SpanBlock {
    return {
      source: options.source,
      pointer: '',
      scope: undefined,
      revision: keep.label(revision ?? attributeText(attributes, 'vcs.ref.head.revision')),
      artifactsDigest: keep.label(attributeText(attributes, 'aigate.artifacts.digest')),
      environment: keep.label(environment),
      version: keep.label(version),
      kind: options.isDeclared ? 'declared' : isReplayed === true ? 'replayed' : 'recorded',
      outcome: undefined,
      selected: undefined,
      signals: [],
    };
  }

  function marksOf({ outcome, task, principal, attributes }: RunDraft): SpanMarks {
    return {
      approvals: [],
      outcome: outcome ?? outcomeOf(attributeText(attributes, 'aigate.outcome')),
      task: keep.label(task),
      principal: keep.label(principal),
      ...watchedIn(attributes, undefined),
    };
  }

  function stepMarks({ label, attributes }: StepDraft, resends?: number): SpanMarks | undefined {
    const watched = isWatched ? watchedIn(attributes?.() ?? {}, label) : NOTHING_WATCHED;
    const isMarked = resends !== undefined || watched.selected !== undefined || watched.signals.length > 0;
    return isMarked ? { approvals: [], resends, ...watched } : undefined;
  }

  function watchedIn(attributes: Attributes, label: string | undefined): Pick<SpanMarks, 'selected' | 'signals'> {
    const selected: SelectedValues = selectKeys.map((key) => keep.label(attributeText(attributes, key)) ?? null);
    return {
      selected: selected.some((value) => value !== null) ? selected : undefined,
      signals: signals.flatMap((signal, index) =>
        signal === label || attributeAt(attributes, signal) !== undefined ? [index] : [],
      ),
    };
  }

  function approvalMark(step: ApprovalDraft): ApprovalMark {
    return {
      startUs: timesOf(step).startUs,
      decision: step.decision,
      by: step.by,
      approver: keep.content(step.approver),
      args: keep.content(textOrJson(step.args)),
      tool: keep.label(step.tool),
      callId: keep.content(step.callId),
    };
  }

  function toolFacts(step: ToolDraft): ToolFacts {
    const args = textOrJson(step.args);
    return {
      name: keep.label(step.name),
      callId: keep.content(step.callId),
      args: keep.content(args),
      facts: options.assessArguments(step.name, args),
      ...resultFacts(step),
    };
  }

  function resultFacts(step: ToolDraft): Pick<ToolFacts, 'result' | 'resultSecret'> {
    const { keepsWords, findsSecrets } = options;
    if (!keepsWords && !findsSecrets) return {};
    const said = textOrJson(step.result?.());
    return {
      result: keepsWords ? keep.words(said) : undefined,
      resultSecret: findsSecrets ? keep.secret(said) : undefined,
    };
  }

  function modelFacts(step: ModelDraft): ModelFacts {
    const { answer, usage } = step;
    const recorded = step.finish ?? (answer === undefined || answer.finish.length === 0 ? undefined : answer.finish);
    const isUncounted = usage.input === undefined && usage.output === undefined && usage.total === undefined;
    return {
      provider: keep.label(step.provider),
      requestedModel: keep.label(step.requestedModel),
      servedModel: keep.label(step.servedModel),
      usage,
      finish: keep.labels(recorded),
      serviceTier: keep.label(step.serviceTier?.toLowerCase()),
      firstTokenMs: step.firstTokenMs,
      parameters: step.parameters,
      extra: {
        attempt: step.attempt,
        fallbackFrom: keep.label(step.fallbackFrom),
        fallbackReason: keep.content(step.fallbackReason),
        costUsd: step.costUsd,
        isReplayed: step.isReplayed,
        counted: isUncounted ? countedOf(step) : undefined,
        offeredTools: keep.labels(step.offeredTools),
        heard: options.keepsWords ? step.heard?.()?.map((text) => keep.words(text) ?? '') : undefined,
        ...(answer === undefined
          ? {}
          : {
              text: keep.content(answer.text),
              facts: assess({ text: answer.text, finish: recorded, citations: answer.citations }),
              requestedTools: keep.labels(answer.tools),
            }),
      },
    };
  }

  /** A call without a model has no price, however many tokens it has. */
  function countedOf({ answer, prompt, requestedModel, servedModel }: ModelDraft) {
    if (requestedModel === undefined && servedModel === undefined) return undefined;
    const input = prompt?.();
    return input === undefined && answer === undefined ? undefined : tokens.count({ input, output: answer?.text });
  }
}

function textOrJson(value: unknown): string | undefined {
  return typeof value === 'string' ? value : jsonText(value);
}

/** As HTTP spans below a call tell it. */
const NOTHING_WATCHED: Pick<SpanMarks, 'selected' | 'signals'> = { selected: undefined, signals: [] };

function timesOf({ startMs, endMs, durationMs }: When): Pick<SpanRow, 'startUs' | 'durationNs'> {
  if (startMs === undefined) {
    return { startUs: undefined, durationNs: durationMs === undefined ? undefined : Math.round(durationMs * 1e6) };
  }
  const lasted = endMs === undefined ? durationMs : msBetween(startMs, endMs);
  return {
    startUs: Math.round(startMs * 1e3),
    durationNs: lasted === undefined ? undefined : Math.round(lasted * 1e6),
  };
}

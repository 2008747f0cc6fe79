import { describe, expect, it } from 'vitest';
import { type FinishMeaning, finishMeaning, finishOf } from './finish-reason.ts';

describe('finishMeaning', () => {
  it.each<[FinishMeaning, readonly string[]]>([
    ['complete', ['stop', 'STOP', 'FinishReason.STOP', 'end_turn', 'endTurn', 'COMPLETE', 'stop_sequence', 'eos']],
    ['tools', ['tool_calls', 'tool-calls', '["tool-calls"]', 'tool_call', 'TOOL_CALL', 'toolUse', 'function_call']],
    ['cut', ['length', 'max_tokens', 'MAX_TOKENS', 'maxTokens', 'StopReason.max_tokens', 'max_output_tokens']],
    ['withheld', ['content_filter', 'content-filter', 'contentFiltered', 'refusal', 'SAFETY', 'ERROR_TOXIC']],
    ['broken', ['error', 'ERROR', 'failed', 'MALFORMED_FUNCTION_CALL', 'cancelled', 'USER_CANCEL']],
    ['paused', ['pause_turn', 'in_progress']],
    ['unstated', ['', 'other', 'unknown', 'FINISH_REASON_UNSPECIFIED', 'STOPPED', 'constructor', '完了']],
  ])('reads %s', (meaning, reasons) => {
    expect(reasons.map(finishMeaning)).toEqual(reasons.map(() => meaning));
  });
});

describe('finishOf', () => {
  it.each<[readonly string[] | undefined, FinishMeaning | undefined]>([
    [undefined, undefined],
    [[], undefined],
    [['length'], 'cut'],
    [['stop', 'stop'], 'complete'],
    [['stop', 'end_turn'], 'complete'],
    [['stop', 'length'], 'unstated'],
    [['length', 'stop'], 'unstated'],
    [['', 'stop'], 'unstated'],
  ])('takes %j for %s', (reasons, meaning) => {
    expect(finishOf(reasons)).toBe(meaning);
  });
});

import { isObject } from '../../otlp/any-value.ts';
import type { Form } from '../form.ts';
import { readHeader } from './header.ts';
import { readSample } from './sample.ts';

/**
 * Logs of Inspect as one JSON document; the same in a zip archive is read by `archive.ts`. A run is a sample in one epoch.
 * Shape: UKGovernmentBEIS/inspect_ai, src/inspect_ai/log/_log.py and event/, read 2026-11-25.
 */
export const inspect: Form = {
  name: 'inspect',
  looksFor: 'eval and samples, or a zip archive with header.json',
  recognises: (value) =>
    isObject(value) && isObject(value['eval']) && 'task' in value['eval'] && ('samples' in value || 'status' in value),
  open: (tools) => ({
    read(value, place) {
      if (!isObject(value)) return;
      const log = readHeader(value, tools, place.line);
      const samples = Array.isArray(value['samples']) ? value['samples'] : [];
      for (const [index, sample] of samples.entries()) {
        readSample(sample, { log, tools, place: { ...place, pointer: `${place.pointer}/samples/${index}` } });
      }
      log.expect(samples.length);
    },
    end() {},
  }),
};

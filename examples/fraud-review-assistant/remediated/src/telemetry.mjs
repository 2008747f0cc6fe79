import { randomBytes } from 'node:crypto';

const SEND_WITHIN_MS = 2_000;

/**
 * Records one run as OTLP/JSON and sends it to OTEL_EXPORTER_OTLP_ENDPOINT at its end; without that variable nothing
 * leaves. TRACEPARENT makes the run part of the caller's trace.
 */
export function startTelemetry(service, attributes) {
  const [, traceId = hex(16), callerSpanId] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-/.exec(process.env['TRACEPARENT'] ?? '') ?? [];
  const spans = [];
  const root = open(
    `invoke_agent ${service}`,
    { 'gen_ai.operation.name': 'invoke_agent', ...attributes },
    callerSpanId,
  );
  return {
    /** A step of the run; call `end` with what is known only then. */
    step: (name, given) => open(name, given, root.spanId),
    /** Ends the run: success, failure or abandoned. Never throws: a lost trace is no reason to fail the user. */
    async end(outcome) {
      root.end({ 'aigate.outcome': outcome }, outcome === 'failure');
      await send(service, spans);
    },
  };

  function open(name, given, parentSpanId) {
    const spanId = hex(8);
    const startTimeUnixNano = nowNano();
    const end = (more, isError = false) =>
      spans.push({
        traceId,
        spanId,
        ...(parentSpanId && { parentSpanId }),
        name,
        kind: 1,
        startTimeUnixNano,
        endTimeUnixNano: nowNano(),
        attributes: toAttributes({ ...given, ...more }),
        status: { code: isError ? 2 : 0 },
      });
    return { spanId, end };
  }
}

async function send(service, spans) {
  const endpoint = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (!endpoint) return;
  const resource = { attributes: toAttributes({ ...resourceAttributes(), 'service.name': service }) };
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: service }, spans }] }] });
  await fetch(`${endpoint.replace(/\/$/, '')}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(SEND_WITHIN_MS),
  }).catch(() => console.error('the trace could not be sent'));
}

/** `key=value,key=value`, as `aigate digest` prints it. */
function resourceAttributes() {
  const pairs = (process.env['OTEL_RESOURCE_ATTRIBUTES'] ?? '').split(',').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.flatMap(([key, value]) => (key && value ? [[key.trim(), value.trim()]] : [])));
}

function toAttributes(values) {
  return Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: String(value) } }));
}

function nowNano() {
  return String(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1_000)) * 1_000n);
}

function hex(bytes) {
  return randomBytes(bytes).toString('hex');
}

/** An answer took too long. */
class TooLate extends Error {
  constructor(reason) {
    super(reason);
    this.safeReason = reason;
  }
}

/**
 * Runs one call of a model with two limits: for all of it, and for a silence after its first words. The timeouts of the
 * SDKs end with the headers: a stream that stops in its middle, or sends nothing but pings, would keep us for ever.
 * `task` gets the signal to pass on, and calls `sawContent` for each part that carries words or arguments.
 */
export async function withDeadline({ totalMs, silenceMs }, task) {
  const controller = new AbortController();
  let silence;
  let total;
  const tooLate = new Promise((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
    total = setTimeout(() => controller.abort(new TooLate(`no whole answer within ${totalMs} ms`)), totalMs);
  });
  const sawContent = () => {
    clearTimeout(silence);
    if (controller.signal.aborted) return;
    silence = setTimeout(() => controller.abort(new TooLate(`silent for ${silenceMs} ms`)), silenceMs);
  };
  try {
    // A race, so that the limit holds even where a client does not heed the signal.
    return await Promise.race([tooLate, task({ signal: controller.signal, sawContent })]);
  } finally {
    clearTimeout(total);
    clearTimeout(silence);
  }
}

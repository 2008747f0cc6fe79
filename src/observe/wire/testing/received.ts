import type { Delivery } from '../delivery.ts';
import type { ReceivedAnswer } from '../wire-api.ts';

/** What a client holds after a delivery without a fault on the way; for tests. */
export function receivedOf({ status, headers, end, frames }: Delivery, isStream: boolean): ReceivedAnswer {
  const body = frames.map(({ bytes }) => new TextDecoder().decode(bytes)).join('');
  return { status, headers, end, body, isStream };
}

import type { Delivery, Frame } from '../wire/delivery.ts';
import { eventFrames } from './event-frames.ts';
import type { PlayableDelivery } from './play-delivery.ts';

/**
 * All of an answer, for a fault that cuts or alters it. Waits for what is still on its way; the gaps between frames are
 * those that were seen, and a frame is an event: see `eventFrames`. A source that breaks ends the delivery as `reset`.
 * @param now ms
 */
export async function collectDelivery(delivery: PlayableDelivery, now: () => number): Promise<Delivery> {
  const whole = await collected(delivery, now);
  return { ...whole, frames: eventFrames(whole) };
}

async function collected(delivery: PlayableDelivery, now: () => number): Promise<Delivery> {
  if (Array.isArray(delivery.frames)) return { ...delivery, frames: delivery.frames };
  const frames: Frame[] = [];
  let lastMs = now();
  try {
    for await (const { afterMs, bytes } of delivery.frames) {
      const seenMs = now();
      frames.push({ afterMs: afterMs + Math.max(0, seenMs - lastMs), bytes });
      lastMs = seenMs;
    }
  } catch {
    return { ...delivery, frames, end: 'reset' };
  }
  return { ...delivery, frames };
}

/**
 * Pauses a long run often enough for timers, progress bars and Ctrl-C, and seldom enough to cost nothing.
 *
 * The clock decides only when to pause, never what is computed.
 */
import { pause } from "./pause.ts";

/** Longest stretch without a pause, in milliseconds. */
const STRETCH = 40;

/** Call it between pieces of some milliseconds; it pauses if the last pause is long ago. */
export type Pacer = () => Promise<void>;

/** @throws (from the pacer) the reason of the signal, once that is aborted. */
export function pacer(signal?: AbortSignal): Pacer {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - last < STRETCH) return;
    await pause(signal);
    last = performance.now();
  };
}

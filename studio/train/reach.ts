/** A record trained to its step in a worker of its own, for whoever needs the result and not the way. */
import { effect, signal } from "@preact/signals";
import { Refusal } from "../data/refusal.ts";
import type { Experiment } from "../state/experiment.ts";
import { createSession, type Session } from "./session.ts";

export interface ReachOptions {
  /** Told the step now and then. */
  readonly onStep?: (step: number) => void;
  readonly abort?: AbortSignal;
}

/**
 * Opens a session and trains it to the step of its record; whoever asked closes it.
 * @throws {Refusal} if the record cannot be trained, or the reader has stopped it.
 */
export async function reach(experiment: Experiment, { onStep, abort }: ReachOptions = {}): Promise<Session> {
  const session = createSession(signal(experiment));
  let stopLooking = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      const stopped = () => reject(new Refusal({ en: "Stopped.", zh: "已停止。" }));
      if (abort?.aborted) stopped();
      abort?.addEventListener("abort", stopped, { once: true });
      stopLooking = effect(() => {
        const frame = session.frame.value;
        if (session.problem.value) reject(new Refusal(session.problem.value));
        if (frame === null) return;
        onStep?.(frame.step);
        if (!frame.running) resolve();
      });
    });
    return session;
  } catch (error) {
    session.close();
    throw error;
  } finally {
    stopLooking();
  }
}

/**
 * The page's side of a worker that is asked: one promise for each question, matched by number. The worker is started
 * with the first question. When it stops, all who wait are refused, and the next question starts another.
 */
import type { Text } from "../language.ts";
import { Refusal } from "./refusal.ts";

/** Every request by its name: what is asked, and what is answered. */
export type Requests<R> = { readonly [K in keyof R]: { readonly ask: unknown; readonly answer: unknown } };

export interface Asking<R extends Requests<R>> {
  /** @throws {Refusal} with a sentence for the reader. */
  ask<K extends keyof R>(name: K, what: R[K]["ask"]): Promise<R[K]["answer"]>;
  /** Ends the worker; what is still asked is never answered. */
  close(): void;
}

/** A question on its way to the worker. */
export type Ask<R extends Requests<R>, K extends keyof R = keyof R> = {
  [N in K]: { readonly id: number; readonly name: N; readonly ask: R[N]["ask"] };
}[K];

/** What the worker sends back. */
export type Reply<R extends Requests<R>> =
  | { readonly id: number; readonly answer: R[keyof R]["answer"] }
  | { readonly id: number; readonly refused: Text };

/** What is needed of a worker. */
export type Answering = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (refused: Refusal) => void;
}

/**
 * @param start makes the worker.
 * @param stopped the sentence for those who wait when the worker has stopped; `why` may be empty.
 */
export function asking<R extends Requests<R>>(
  start: () => Answering,
  stopped: (why: string) => Text,
): Asking<R> {
  const waiting = new Map<number, Waiting>();
  let worker: Answering | null = null;
  let asked = 0;

  function started(): Answering {
    const made = start();
    made.onmessage = ({ data }: MessageEvent<Reply<R>>) => {
      const one = waiting.get(data.id);
      waiting.delete(data.id);
      if ("refused" in data) one?.reject(new Refusal(data.refused));
      else one?.resolve(data.answer as never);
    };
    made.onerror = ({ message }: ErrorEvent) => {
      made.terminate();
      worker = null;
      const refused = new Refusal(stopped(message ?? ""));
      const all = [...waiting.values()];
      waiting.clear();
      for (const { reject } of all) reject(refused);
    };
    return made;
  }

  return {
    ask(name, what) {
      const id = asked++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker ??= started();
        worker.postMessage({ id, name, ask: what });
      });
    },
    close() {
      worker?.terminate();
      waiting.clear();
    },
  };
}

/** The page's side of the worker: started with the first question, one promise for each. */
import { Refusal } from "../data/refusal.ts";
import type { Reply, RequestName, Requests } from "./protocol.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (refused: Refusal) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let asked = 0;

function started(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "lessons" });
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if ("refused" in data) one?.reject(new Refusal(data.refused));
    else one?.resolve(data.answer as never);
  };
  worker.onerror = () => {
    const stopped = new Refusal({
      en: "The worker of the lessons stopped or could not be loaded. Reload the page.",
      zh: "课程的计算线程停止了，或者未能加载。请刷新页面。",
    });
    for (const { reject } of waiting.values()) reject(stopped);
    waiting.clear();
    worker = null;
  };
  return worker;
}

/** @throws {Refusal} with a sentence for the reader. */
export function ask<K extends RequestName>(
  name: K,
  what: Requests[K]["ask"],
): Promise<Requests[K]["answer"]> {
  const id = asked++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    started().postMessage({ id, name, ask: what });
  });
}

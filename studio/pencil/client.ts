/** The page's side of Pencil's worker: started with the first call, kept as long as the page. */
import { Refusal } from "../data/refusal.ts";
import type { Call, CallName, Calls, Reply } from "./protocol.ts";

interface Waiting {
  resolve(answer: Calls[CallName]["answer"]): void;
  reject(error: Refusal): void;
}

let worker: Worker | null = null;
let calls = 0;
const waiting = new Map<number, Waiting>();

/** @throws {Refusal} in both languages. */
export async function ask<N extends CallName>(
  name: N,
  question: Calls[N]["ask"],
): Promise<Calls[N]["answer"]> {
  worker ??= start();
  const id = calls++;
  const call = { id, base: document.baseURI, name, ask: question };
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
    worker?.postMessage(call satisfies Omit<Call, "name" | "ask">);
  });
}

function start(): Worker {
  const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "pencil" });
  made.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ("problem" in data) asked?.reject(new Refusal(data.problem));
    else asked?.resolve(data.answer);
  });
  made.addEventListener("error", () => {
    const gone = new Refusal({
      en: "Pencil's worker stopped. Reload the page.",
      zh: "“笔算”的工作线程已停止，请刷新页面。",
    });
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
    worker = null;
  });
  return made;
}

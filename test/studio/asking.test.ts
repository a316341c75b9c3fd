/** Questions to a worker: answered by number, refused in a sentence, and what happens when the worker stops. */
import { expect, it } from "vitest";
import { type Answering, asking } from "../../studio/data/asking.ts";
import { Refusal } from "../../studio/data/refusal.ts";

interface Requests {
  double: { readonly ask: number; readonly answer: number };
}

/** A worker that answers when the test says so. */
function fake() {
  const sent: { readonly id: number; readonly ask: number }[] = [];
  const worker: Answering & { ended: boolean } = {
    ended: false,
    onmessage: null,
    onerror: null,
    postMessage: (message: { readonly id: number; readonly ask: number }) => void sent.push(message),
    terminate() {
      worker.ended = true;
    },
  };
  const say = (data: object) =>
    Reflect.apply(worker.onmessage!, worker, [Object.assign(new Event("message"), { data })]);
  const fail = (message: string) =>
    Reflect.apply(worker.onerror!, worker, [Object.assign(new Event("error"), { message })]);
  return { worker, sent, say, fail };
}

const stopped = (why: string) => ({ en: `Stopped: ${why}.`, zh: `已停止：${why}。` });

it("gives every answer to the one who asked, in whatever order they come", async () => {
  const { worker, sent, say } = fake();
  const { ask } = asking<Requests>(() => worker, stopped);
  const both = [ask("double", 2), ask("double", 5)];
  for (const { id, ask } of sent.toReversed()) say({ id, answer: 2 * ask });
  expect(await Promise.all(both)).toEqual([4, 10]);
});

it("refuses with the worker's sentence", async () => {
  const { worker, sent, say } = fake();
  const answer = asking<Requests>(() => worker, stopped).ask("double", 2);
  say({ id: sent[0]!.id, refused: { en: "No.", zh: "不行。" } });
  await expect(answer).rejects.toEqual(new Refusal({ en: "No.", zh: "不行。" }));
});

it("refuses all who wait when the worker stops, and asks another one next", async () => {
  const made: ReturnType<typeof fake>[] = [];
  const { ask } = asking<Requests>(() => {
    made.push(fake());
    return made.at(-1)!.worker;
  }, stopped);
  const lost = Promise.allSettled([ask("double", 1), ask("double", 2)]);
  made[0]!.fail("out of memory");
  const reason = new Refusal(stopped("out of memory"));
  expect(await lost).toEqual([
    { status: "rejected", reason },
    { status: "rejected", reason },
  ]);
  expect(made[0]!.worker.ended).toBe(true);
  const answer = ask("double", 3);
  made[1]!.say({ id: made[1]!.sent[0]!.id, answer: 6 });
  expect(await answer).toBe(6);
});

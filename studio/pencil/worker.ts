/** Pencil's worker: takes calls one after the other, so that a cell is always one of the sheet asked for before. */
import { UsageError } from "papergrad";
import { loadMnist } from "../data/mnist.ts";
import { Refusal } from "../data/refusal.ts";
import type { Text } from "../language.ts";
import type { Call, Calls, Reply } from "./protocol.ts";
import { PencilSession } from "./session.ts";

let session: PencilSession | null = null;
let last: Promise<void> = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<Call>) => {
  last = last.then(async () => {
    const reply: Reply = await answer(data).then(
      (value) => ({ id: data.id, answer: value }),
      (error: unknown) => ({ id: data.id, refused: textOf(error) }),
    );
    postMessage(reply);
  });
});

async function answer(call: Call): Promise<Calls[Call["name"]]["answer"]> {
  session ??= new PencilSession(() => loadMnist(call.ask.base));
  switch (call.name) {
    case "sheet":
      return session.sheet(call.ask);
    case "cell":
      return session.cell(call.ask.variant, call.ask.label, call.ask.row, call.ask.col);
    case "gradients":
      return session.gradients(call.ask.program, call.ask.variant);
  }
}

function textOf(error: unknown): Text {
  if (error instanceof Refusal) return error.text;
  const said = error instanceof UsageError ? error.message : String(error);
  return { en: said, zh: `papergrad 报告：${said}` };
}

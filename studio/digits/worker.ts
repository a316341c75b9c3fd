/**
 * The worker of the Digits room: holds MNIST and the network, trains in pieces of some tens of milliseconds, and
 * answers the page between two of them. How long a piece is never shows in a result; when the test pictures are
 * measured is a matter of steps, not of time.
 */
import type { Mnist } from "papergrad/data";
import { Refusal } from "../data/refusal.ts";
import type { Text } from "../language.ts";
import type { Ask, Tell } from "./messages.ts";
import { loadFromServer, readPicked, type Source } from "./mnist-source.ts";
import { DigitsNet } from "./net.ts";

/** Milliseconds of training between two looks for messages. */
const PIECE_MS = 30;
/** Milliseconds between two pictures of the weights while training. */
const WEIGHTS_MS = 250;
/** The test pictures are measured so many times an epoch. */
const MEASURES_PER_EPOCH = 5;

let mnist: Mnist | null = null;
let net: DigitsNet | null = null;
let looked: { readonly pixels: Uint8Array; readonly digit: number | null } | null = null;
/** Steps to reach. */
let until = 0;
let paused = false;
/** Whether the loop of `run` is at work. */
let running = false;
let piece = 1;
let weightsAt = 0;

const tell = (message: Tell, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

self.onmessage = ({ data }: MessageEvent<Ask>) => {
  answer(data).catch((error: unknown) => {
    paused = true;
    tell({ type: "failed", message: textOf(error) });
  });
};

function textOf(error: unknown): Text {
  if (error instanceof Refusal) return error.text;
  const message = error instanceof Error ? error.message : String(error);
  return { en: `The worker reports: ${message}`, zh: `后台线程报告：${message}` };
}

async function answer(ask: Ask): Promise<void> {
  switch (ask.type) {
    case "load":
      return loaded(
        await loadFromServer(ask.base, (received, expected) => tell({ type: "bytes", received, expected })),
      );
    case "pick":
      return loaded(await readPicked(ask.files));
    case "build":
      return build(ask);
    case "run":
      return run(ask.epochs);
    case "pause":
      paused = true;
      return;
    case "look":
      looked = ask.pixels && { pixels: ask.pixels, digit: ask.digit };
      return look();
  }
}

function loaded(source: Source): void {
  if ("missing" in source) {
    tell({ type: "missing", names: source.missing });
    return;
  }
  mnist = source.mnist;
  const { train, test } = mnist;
  tell({
    type: "loaded",
    from: source.from,
    trainPictures: train.labels.length,
    images: test.images.data,
    labels: test.labels,
  });
}

function build({ setting, threads }: Extract<Ask, { type: "build" }>): void {
  if (mnist === null) throw new Error("Digits: expected MNIST to be loaded before a network is made.");
  paused = true;
  net = new DigitsNet(mnist, setting, { threads });
  tell({
    type: "built",
    threads: net.model.state.engine.threads,
    stepsPerEpoch: net.stepsPerEpoch,
    parameters: net.model.countParameters().total,
  });
  report(net);
}

/** Everything the page shows of the network as it stands. */
function report(of: DigitsNet): void {
  const measured = of.measure();
  tell({ type: "measured", measured }, [measured.probabilities.buffer]);
  showWeights(of);
  look();
}

function showWeights(of: DigitsNet): void {
  const weights = of.firstLayer();
  weightsAt = performance.now();
  tell({ type: "weights", weights }, [weights.buffer]);
}

function look(): void {
  if (net !== null && looked !== null)
    tell({ type: "answer", answer: net.answer(looked.pixels, looked.digit) });
}

/** One loop at a time; a new goal or a new network is taken up by the loop that runs. */
async function run(epochs: number): Promise<void> {
  if (net === null) return;
  const goal = epochs * net.stepsPerEpoch;
  until = goal * (Math.floor(net.step / goal) + 1);
  paused = false;
  if (running) return;
  running = true;
  try {
    while (!paused && net.step < until) {
      if (!trainPiece(net)) return tell({ type: "ended", why: "diverged" });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } finally {
    running = false;
  }
  report(net);
  tell({ type: "ended", why: net.step < until ? "paused" : "done" });
}

/** Trains for a moment and shows what became of it; false if the loss is no number any more. */
function trainPiece(of: DigitsNet): boolean {
  const between = Math.ceil(of.stepsPerEpoch / MEASURES_PER_EPOCH);
  const from = of.step;
  const began = performance.now();
  const { losses, diverged } = of.train(Math.min(piece, until - from, between - (from % between)));
  const seconds = (performance.now() - began) / 1000;
  if (losses.length === piece) piece = nextPiece(piece, seconds * 1000);
  tell({ type: "steps", from, losses, seconds });
  if (!diverged && of.step % between === 0) report(of);
  else if (performance.now() - weightsAt > WEIGHTS_MS) showWeights(of);
  look();
  return !diverged;
}

function nextPiece(steps: number, ms: number): number {
  if (ms < PIECE_MS / 2) return steps * 2;
  return ms > PIECE_MS * 2 ? Math.max(1, steps >> 1) : steps;
}

/**
 * The worker: owns the run, trains it flat out in short chunks, and answers the page between two of them.
 *
 * How long a chunk is depends on the clock and never shows in a result. Nothing of the page's libraries is loaded here:
 * the worker is part of the first load.
 */
import { UsageError } from "papergrad";
import { loadMnist } from "../data/mnist.ts";
import { Refusal } from "../data/refusal.ts";
import type { Text } from "../language.ts";
import type { Answer, Ask, Frame, Halt, RequestName, Requests } from "./protocol.ts";
import { Run } from "./run.ts";

/** Milliseconds of training between two looks at the messages. */
const CHUNK_MS = 6;

let run: Run | null = null;
let target = 0;
let speed = 0;
let goal = 0;
let halt: Halt = "ready";
let running = false;
let chunk = 1;
/** Slow motion: when the next step is due. */
let due = 0;
/** What the page has been sent of the curves. */
let sent = { revision: -1, last: -1 };

type Handlers = {
  readonly [K in RequestName]: (
    ask: Requests[K]["ask"],
  ) => Requests[K]["answer"] | Promise<Requests[K]["answer"]>;
};

const handlers: Handlers = {
  async open({ experiment, threads, base }) {
    stop("ready");
    run = null;
    run = await Run.open(experiment, { threads, mnist: () => loadMnist(base) });
    sent = { revision: -1, last: -1 };
    if (experiment.step > 0) start(experiment.step, 0, 0);
    return run.about;
  },
  go: (ask) => {
    start(ask.target, ask.speed, ask.goal);
    return null;
  },
  pause: () => {
    stop("paused");
    return null;
  },
  seek: ({ step }) => {
    opened().seek(step);
    start(step, 0, 0);
    return null;
  },
  edit: ({ edit }) => {
    opened().edit(edit);
    return null;
  },
  frame: ({ known }) => frameOf(opened(), known),
  diagnose: () => opened().diagnose(),
  activations: ({ where, layers }) => opened().activations(where, layers),
};

function opened(): Run {
  if (run) return run;
  throw new Refusal({ en: "No run is open.", zh: "尚未打开任何训练。" });
}

function frameOf(run: Run, known: number): Frame {
  const small = run.cheap || !running;
  const points = run.points();
  const whole = known === 0 || sent.revision !== run.revision;
  const fresh = whole ? points : points.filter(({ step }) => step > sent.last);
  sent = { revision: run.revision, last: points.at(-1)?.step ?? -1 };
  return {
    step: run.step,
    epoch: run.epoch,
    stepsPerEpoch: run.stepsPerEpoch,
    parameters: run.parameters(),
    hash: small ? run.hash() : null,
    values: small ? run.values() : null,
    running,
    halt,
    edits: run.editList,
    points: fresh,
    whole,
    end: run.end,
  };
}

const turns = new MessageChannel();
turns.port1.onmessage = () => turn();

function start(to: number, stepsPerSecond: number, share: number): void {
  target = to;
  speed = stepsPerSecond;
  goal = share;
  due = performance.now();
  if (running) return;
  running = true;
  turns.port2.postMessage(null);
}

function stop(reason: Halt): void {
  running = false;
  halt = reason;
}

/** One chunk, then the messages have their turn. */
function turn(): void {
  if (!running || !run) return;
  if (run.step >= target) {
    stop("target");
    return;
  }
  try {
    if (speed > 0) slowly(run);
    else quickly(run);
  } catch (error) {
    stop("paused");
    throw error;
  }
  if (running) again();
}

function again(): void {
  const wait = speed > 0 ? due - performance.now() : 0;
  if (wait > 1) setTimeout(turn, wait);
  else turns.port2.postMessage(null);
}

function quickly(run: Run): void {
  const until = performance.now() + CHUNK_MS;
  do {
    const before = performance.now();
    const asked = Math.min(chunk, target - run.step);
    const done = run.advance(asked);
    const took = performance.now() - before;
    if (done === chunk && took < CHUNK_MS / 4) chunk *= 2;
    else if (took > CHUNK_MS) chunk = Math.max(1, chunk >> 1);
    if (ended(run)) return;
  } while (run.step < target && performance.now() < until);
}

function slowly(run: Run): void {
  for (let i = 0; i < 64 && performance.now() >= due && run.step < target; i++) {
    run.advance(1);
    due = Math.max(due + 1000 / speed, performance.now() - 1000);
    if (ended(run)) return;
  }
}

/** Whether the run cannot or need not go on. The goal is looked at where an epoch ends, so it too depends on no clock. */
function ended(run: Run): boolean {
  if (run.ended) stop(run.ended);
  else if (goal > 0 && Number.isInteger(run.epoch) && run.epoch > 0) {
    const { accuracy = 0, testAccuracy = accuracy } = run.values();
    if (testAccuracy >= goal) stop("goal");
  }
  return !running;
}

/** The library speaks English; its sentence is shown as it is. */
function textOf(error: unknown): Text {
  if (error instanceof Refusal) return error.text;
  if (error instanceof UsageError) return { en: error.message, zh: error.message };
  return {
    en: `The studio made a mistake: ${String(error)}. Please report it with this page's address.`,
    zh: `工作室内部出错：${String(error)}。请连同本页地址一并反馈。`,
  };
}

async function answerTo<K extends RequestName>({ id, name, ask }: Ask<K>): Promise<Answer> {
  try {
    const handler: (ask: Requests[K]["ask"]) => unknown = handlers[name];
    return { id, answer: (await handler(ask)) as Requests[K]["answer"] };
  } catch (error) {
    return { id, refused: textOf(error) };
  }
}

/** One at a time, in the order asked. */
let queue: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<Ask>) => {
  queue = queue.then(async () => self.postMessage(await answerTo(data)));
};

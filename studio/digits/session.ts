/**
 * The page's side of the Digits room: one worker, and what it has said so far as signals that the room draws.
 *
 * Made when the room is first opened and kept: a network goes on training while another room is shown.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Text } from "../language.ts";
import { threadsHere } from "../train/session.ts";
import type { Ask, Tell } from "./messages.ts";
import type { Answer, DigitsSetting, Measured } from "./net.ts";
import { type Verdict, verdicts } from "./predictions.ts";

/** How it stands with the data. */
export type Data =
  | { readonly status: "none" }
  | { readonly status: "loading"; readonly received: number; readonly expected: number }
  | { readonly status: "missing"; readonly names: readonly string[] }
  | {
      readonly status: "loaded";
      readonly from: "cache" | "server" | "files";
      readonly trainPictures: number;
      /** Test pictures, 784 pixels each, and their digits. */
      readonly images: Uint8Array;
      readonly labels: Uint8Array;
    };

/** The network that there is. */
export interface Built {
  readonly setting: DigitsSetting;
  readonly threads: number;
  readonly stepsPerEpoch: number;
  readonly parameters: number;
}

/** How the training goes. */
export interface Progress {
  readonly running: boolean;
  /** Why it stands still; null before it was started. */
  readonly why: "paused" | "done" | "diverged" | null;
  /** Loss of each step so far. */
  readonly losses: Float32Array;
  /** Training pictures a second, over the last second or so; 0 before the first. */
  readonly picturesPerSecond: number;
}

/** Test results over time. */
export interface TestPoint {
  readonly step: number;
  readonly accuracy: number;
  readonly loss: number;
}

export interface Session {
  readonly data: ReadonlySignal<Data>;
  readonly built: ReadonlySignal<Built | null>;
  readonly progress: ReadonlySignal<Progress>;
  readonly tests: ReadonlySignal<readonly TestPoint[]>;
  /** Of all test pictures, when they were last measured. */
  readonly verdicts: ReadonlySignal<readonly Verdict[]>;
  /** Of the first layer, 784 for each unit. */
  readonly weights: ReadonlySignal<Float32Array | null>;
  /** The same at step 0. */
  readonly startWeights: ReadonlySignal<Float32Array | null>;
  readonly answer: ReadonlySignal<Answer | null>;
  /** What went wrong, in the library's words. */
  readonly problem: ReadonlySignal<Text | null>;
  load(base: string): void;
  pick(files: readonly File[]): void;
  /** A new network. */
  build(setting: DigitsSetting): void;
  /** So many epochs, or what is left of them after a pause. */
  run(epochs: number): void;
  pause(): void;
  look(pixels: Uint8Array | null, digit: number | null): void;
}

const STILL: Progress = { running: false, why: null, losses: new Float32Array(0), picturesPerSecond: 0 };
/** Over so many seconds the speed is taken. */
const SPEED_SECONDS = 1;

/** What is said of one network. */
const OF_A_NETWORK: ReadonlySet<Tell["type"]> = new Set([
  "built",
  "steps",
  "measured",
  "weights",
  "answer",
  "ended",
]);

/** A session whose worker has nothing to do yet. */
export function makeSession(): Session {
  const data = signal<Data>({ status: "none" });
  const built = signal<Built | null>(null);
  const progress = signal<Progress>(STILL);
  const tests = signal<readonly TestPoint[]>([]);
  const all = signal<readonly Verdict[]>([]);
  const weights = signal<Float32Array | null>(null);
  const startWeights = signal<Float32Array | null>(null);
  const answer = signal<Answer | null>(null);
  const problem = signal<Text | null>(null);
  let asked: DigitsSetting | null = null;
  /** Networks asked for that are not there yet: until then the worker still speaks of an older one. */
  let awaited = 0;
  let speed = { pictures: 0, seconds: 0 };

  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const ask = (message: Ask): void => worker.postMessage(message);
  const change = (by: Partial<Progress>): void => {
    progress.value = { ...progress.value, ...by };
  };
  const onSteps = ({ from, losses, seconds }: Extract<Tell, { type: "steps" }>): void => {
    const longer = new Float32Array(from + losses.length);
    longer.set(progress.value.losses.subarray(0, from));
    longer.set(losses, from);
    speed = {
      pictures: speed.pictures + losses.length * (built.value?.setting.batchSize ?? 0),
      seconds: speed.seconds + seconds,
    };
    change({ losses: longer, picturesPerSecond: speed.pictures / speed.seconds });
    if (speed.seconds > SPEED_SECONDS) speed = { pictures: speed.pictures / 2, seconds: speed.seconds / 2 };
  };
  const onMeasured = ({ step, accuracy, loss, probabilities }: Measured): void => {
    if (data.value.status !== "loaded") return;
    const point = { step, accuracy, loss };
    tests.value = [...tests.value.filter((t) => t.step < step), point];
    all.value = verdicts({ probabilities, labels: data.value.labels });
  };
  const hear = (message: Tell): void => {
    if (message.type === "built") awaited--;
    if (awaited > 0 && OF_A_NETWORK.has(message.type)) return;
    switch (message.type) {
      case "bytes":
        data.value = { status: "loading", received: message.received, expected: message.expected };
        break;
      case "missing":
        data.value = { status: "missing", names: message.names };
        break;
      case "loaded": {
        const { from, trainPictures, images, labels } = message;
        data.value = { status: "loaded", from, trainPictures, images, labels };
        break;
      }
      case "built":
        if (asked !== null) built.value = { ...message, setting: asked };
        break;
      case "steps":
        onSteps(message);
        break;
      case "measured":
        onMeasured(message.measured);
        break;
      case "weights":
        if (progress.value.losses.length === 0) startWeights.value = message.weights;
        weights.value = message.weights;
        break;
      case "answer":
        answer.value = message.answer;
        break;
      case "ended":
        change({ running: false, why: message.why });
        break;
      case "failed":
        problem.value = message.message;
        awaited = 0;
        if (data.value.status === "loading") data.value = { status: "none" };
        change({ running: false });
        break;
    }
  };
  worker.onmessage = ({ data: message }: MessageEvent<Tell>) => hear(message);
  worker.onerror = ({ message }) => {
    const said = { en: `The worker stopped: ${message}`, zh: `后台线程已停止：${message}` };
    hear({ type: "failed", message: said });
  };

  return {
    data,
    built,
    progress,
    tests,
    verdicts: all,
    weights,
    startWeights,
    answer,
    problem,
    load(base) {
      problem.value = null;
      data.value = { status: "loading", received: 0, expected: 1 };
      ask({ type: "load", base });
    },
    pick(files) {
      problem.value = null;
      ask({ type: "pick", files });
    },
    build(setting) {
      problem.value = null;
      asked = setting;
      awaited++;
      speed = { pictures: 0, seconds: 0 };
      progress.value = STILL;
      tests.value = [];
      ask({ type: "build", setting, threads: threadsHere() });
    },
    run(epochs) {
      change({ running: true, why: null });
      ask({ type: "run", epochs });
    },
    pause: () => ask({ type: "pause" }),
    look: (pixels, digit) => ask({ type: "look", pixels, digit }),
  };
}

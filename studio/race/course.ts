/**
 * A race as the page sees it: two sides, each in a worker of its own, their losses so far, and how far these are apart.
 *
 * Both are made ready and warmed up before either starts. Then they run at once, or one after the other where they
 * would take each other's processor.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Ask, Tell } from "./messages.ts";
import { type RaceSetting, stepsPerEpoch, type TensorFlowBackend, type Terms, termsOf } from "./terms.ts";

export const SIDES = ["papergrad", "tensorflow"] as const;
export type SideName = (typeof SIDES)[number];

/** How it goes with one side. */
export interface Side {
  readonly status:
    | "idle"
    | "preparing"
    | "ready"
    | "running"
    | "finished"
    | "diverged"
    | "missing"
    | "failed";
  /** Library, version, where it computes; empty until it is ready. */
  readonly name: string;
  /** Seconds until it was ready: loading, compiling. */
  readonly readyAfter: number;
  /** Of every step so far. */
  readonly losses: Float64Array;
  /** Seconds of training. */
  readonly seconds: number;
  /** On the test points, at the end. */
  readonly accuracy: number | null;
  readonly weights: readonly Float32Array[];
  /** What a library said when it failed. */
  readonly message: string;
}

const IDLE: Side = {
  status: "idle",
  name: "",
  readyAfter: 0,
  losses: new Float64Array(0),
  seconds: 0,
  accuracy: null,
  weights: [],
  message: "",
};

/** The largest difference of two lists of numbers over what both have, and where it is. */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): { most: number; at: number } {
  let [most, at] = [0, -1];
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    if (at < 0 || difference > most) [most, at] = [difference, i];
  }
  return { most, at };
}

/** A race, and what one can do with it. */
export interface Course {
  readonly sides: ReadonlySignal<Readonly<Record<SideName, Side>>>;
  /** Null before the first start. */
  readonly terms: ReadonlySignal<Terms | null>;
  readonly steps: ReadonlySignal<number>;
  readonly running: ReadonlySignal<boolean>;
  start(setting: RaceSetting, options: { backend: TensorFlowBackend; together: boolean }): void;
  /** Ends both sides where they are. */
  stop(): void;
}

const makeWorker: Readonly<Record<SideName, () => Worker>> = {
  papergrad: () => new Worker(new URL("./papergrad-worker.ts", import.meta.url), { type: "module" }),
  tensorflow: () => new Worker(new URL("./tensorflow-worker.ts", import.meta.url), { type: "module" }),
};

/** A race that has not started. */
export function makeCourse(): Course {
  const sides = signal<Readonly<Record<SideName, Side>>>({ papergrad: IDLE, tensorflow: IDLE });
  const terms = signal<Terms | null>(null);
  const steps = computed(() =>
    terms.value === null ? 0 : stepsPerEpoch(terms.value) * terms.value.setting.epochs,
  );
  let workers: Partial<Record<SideName, Worker>> = {};
  let isTogether = true;

  const change = (name: SideName, by: Partial<Side>): void => {
    sides.value = { ...sides.value, [name]: { ...sides.value[name], ...by } };
  };
  const ask = (name: SideName, message: Ask): void => workers[name]?.postMessage(message);
  const go = (name: SideName): void => {
    if (sides.value[name].status !== "ready") return;
    change(name, { status: "running" });
    ask(name, { type: "go", steps: steps.value });
  };
  const settled = (name: SideName): boolean =>
    ["finished", "diverged", "missing", "failed"].includes(sides.value[name].status);

  /** Starts whoever may start now. */
  const next = (): void => {
    if (SIDES.some((name) => sides.value[name].status === "preparing")) return;
    if (isTogether) for (const name of SIDES) go(name);
    else if (!SIDES.some((name) => sides.value[name].status === "running"))
      go(SIDES.find((name) => !settled(name)) ?? SIDES[0]);
  };
  const hear = (name: SideName, message: Tell): void => {
    const side = sides.value[name];
    if (message.type === "steps") {
      const losses = new Float64Array(message.from + message.losses.length);
      losses.set(side.losses);
      losses.set(message.losses, message.from);
      change(name, { losses, seconds: side.seconds + message.seconds });
      return;
    }
    if (message.type === "ready")
      change(name, { status: "ready", name: message.name, readyAfter: message.seconds });
    else if (message.type === "finished")
      change(name, { status: "finished", accuracy: message.accuracy, weights: message.weights });
    else if (message.type === "failed") change(name, { status: "failed", message: message.message });
    else change(name, { status: message.type });
    next();
  };
  const stop = (): void => {
    for (const name of SIDES) {
      workers[name]?.terminate();
      if (!settled(name)) change(name, { status: "idle" });
    }
    workers = {};
  };

  return {
    sides,
    terms,
    steps,
    running: computed(() =>
      SIDES.some((name) => ["preparing", "ready", "running"].includes(sides.value[name].status)),
    ),
    start(setting, { backend, together }) {
      stop();
      const made = termsOf(setting);
      terms.value = made;
      isTogether = together;
      for (const name of SIDES) {
        change(name, { ...IDLE, status: "preparing" });
        const worker = makeWorker[name]();
        worker.onmessage = ({ data }: MessageEvent<Tell>) => hear(name, data);
        worker.onerror = ({ message }) => hear(name, { type: "failed", message });
        workers[name] = worker;
        ask(name, { type: "prepare", terms: made, backend });
      }
    },
    stop,
  };
}

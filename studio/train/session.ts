/**
 * The page's side of a run: signals that components read, and actions that ask the worker. Made once by whoever shows
 * a run; a component never trains.
 *
 * While the run goes on the page asks for a frame at each animation frame at most, and never for a second one before
 * the first has come: a slow page drops frames, the training does not wait.
 */
import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import type { Finding } from "papergrad/inspect";
import { asking } from "../data/asking.ts";
import { Refusal } from "../data/refusal.ts";
import type { Text } from "../language.ts";
import { type Edit, type Experiment, effective, settingsOf } from "../state/experiment.ts";
import type { About, Activations, CurvePoint, Frame, Requests, Where } from "./protocol.ts";

/** A curve that was left behind by a fork, an edit or a change of settings. */
export interface Branch {
  /** Its record, edits and all, at its last step. */
  readonly experiment: Experiment;
  readonly points: readonly CurvePoint[];
  /** The step at which the present run left it. */
  readonly leftAt: number;
}

export interface Session {
  /** The record that is being trained. Rooms change it with `change`; a record put here from outside is opened. */
  readonly experiment: Signal<Experiment>;
  /** Null until the run is open. */
  readonly about: ReadonlySignal<About | null>;
  /** Null until the first frame has come. */
  readonly frame: ReadonlySignal<Frame | null>;
  readonly points: ReadonlySignal<readonly CurvePoint[]>;
  /** Other futures of this run: forks can be drawn over each other. */
  readonly branches: ReadonlySignal<readonly Branch[]>;
  readonly running: ReadonlySignal<boolean>;
  /** What went wrong, in one sentence. */
  readonly problem: Signal<Text | null>;
  /** Steps a second, measured between frames. */
  readonly stepsPerSecond: ReadonlySignal<number>;
  /** Trains on and on, or to a step. */
  run(target?: number): Promise<void>;
  pause(): Promise<void>;
  /** So many mini-batches. */
  stepBy(steps: number): Promise<void>;
  /** To the end of the running epoch. */
  runEpoch(): Promise<void>;
  /** The very same start, with the settings of now and without edits. */
  reset(): Promise<void>;
  /** Back or forth in time. */
  goTo(step: number): Promise<void>;
  /**
   * Changes the record. Where only settings change after step 0 the run forks: it goes on from here with them. View
   * options change nothing that is trained. Anything else starts a new run.
   */
  change(patch: Partial<Experiment>): Promise<void>;
  /** Sets one trained number; the loss is computed anew. */
  editWeight(index: number, value: number): Promise<void>;
  /** Opens another record as it is, at its step. */
  open(experiment: Experiment): Promise<void>;
  activations(where: Where, layers?: "all" | "last"): Promise<Activations>;
  /** What the doctor says of the run as it stands. */
  diagnose(): Promise<readonly Finding[]>;
  /** Ends the worker. */
  close(): void;
}

/** Threads that a run asks for: those of the machine where memory may be shared, else one. */
export const threadsHere = (): number =>
  globalThis.crossOriginIsolated ? Math.min(navigator.hardwareConcurrency || 1, 8) : 1;

/** Starts a worker with a run of this record, e.g. that of `linkedExperiment`. */
export function createSession(experiment: Signal<Experiment>): Session {
  /** The record that this session put there itself. */
  let own: Experiment | null = null;
  const put = (next: Experiment): void => {
    own = next;
    experiment.value = next;
  };
  const about = signal<About | null>(null);
  const frame = signal<Frame | null>(null);
  const points = signal<readonly CurvePoint[]>([]);
  const branches = signal<readonly Branch[]>([]);
  const problem = signal<Text | null>(null);
  const stepsPerSecond = signal(0);
  const running = computed(() => frame.value?.running === true);
  const { ask, close } = asking<Requests>(
    () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "papergrad" }),
    (why) => {
      const stopped = {
        en: `The worker stopped: ${why || "it could not be loaded"}. Reload the page.`,
        zh: `后台线程已停止：${why || "无法加载"}。请刷新页面。`,
      };
      // The run is lost with it, also if nobody waits for an answer: the next change opens it in another worker.
      batch(() => {
        problem.value = stopped;
        about.value = null;
        frame.value = null;
      });
      return stopped;
    },
  );

  /** Says what was refused. */
  async function told(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      problem.value = error.text;
    }
  }

  /** Does something, says what went wrong, and shows what has become of it. */
  function act(work: () => Promise<unknown>): Promise<void> {
    problem.value = null;
    return told(async () => {
      await work();
      await look();
    });
  }

  let seen = { step: 0, at: 0 };
  async function look(): Promise<void> {
    const of = about.value;
    if (of === null) return;
    const now = await ask("frame", { known: points.value.length });
    // Meanwhile another run may have been opened.
    if (about.value !== of) return;
    batch(() => {
      points.value = now.whole ? now.points : [...points.value, ...now.points];
      frame.value = now;
      const at = performance.now();
      if (at - seen.at > 500) {
        stepsPerSecond.value = now.running ? (Math.max(0, now.step - seen.step) * 1000) / (at - seen.at) : 0;
        seen = { step: now.step, at };
      }
      if (!now.running && now.step !== experiment.value.step) put({ ...experiment.value, step: now.step });
    });
  }

  let looking = false;
  const stopLooking = effect(() => {
    if (!running.value || looking) return;
    looking = true;
    requestAnimationFrame(async function next() {
      await told(look);
      if (running.value) requestAnimationFrame(next);
      else looking = false;
    });
  });

  async function open(next: Experiment): Promise<void> {
    batch(() => {
      put(next);
      branches.value = [];
    });
    await act(async () => {
      about.value = null;
      points.value = [];
      about.value = await ask("open", { experiment: next, threads: threadsHere(), base: document.baseURI });
    });
  }

  /** Keeps the curve that an edit leaves behind, and tells the worker and the record of the edit. */
  async function doEdit(make: (step: number) => Edit): Promise<void> {
    await act(async () => {
      const goesOn = running.value;
      await ask("pause", {});
      await look();
      const step = frame.value!.step;
      const left = points.value;
      const before = { ...experiment.value, step: frame.value!.end };
      await ask("edit", { edit: make(step) });
      await look();
      batch(() => {
        put({ ...experiment.value, edits: [...frame.value!.edits], step });
        if (frame.value!.end < before.step)
          branches.value = [...branches.value, { experiment: before, points: left, leftAt: step }];
      });
      if (goesOn) await ask("go", { target: Number.POSITIVE_INFINITY, ...pace() });
    });
  }

  const pace = () => {
    const { speed, goal } = experiment.value.view;
    return { speed, goal };
  };
  const go = (target: number) => act(() => ask("go", { target, ...pace() }));
  const stepNow = () => frame.value?.step ?? 0;
  /** The record with the settings that hold now. */
  const here = () => effective(experiment.value, stepNow());

  const session: Session = {
    experiment,
    about,
    frame,
    points,
    branches,
    running,
    problem,
    stepsPerSecond,
    run: (target = Number.POSITIVE_INFINITY) => go(target),
    pause: () => act(() => ask("pause", {})),
    stepBy: (steps) => go(stepNow() + steps),
    runEpoch: () => {
      const { epoch = 0, stepsPerEpoch = 1 } = frame.value ?? {};
      const into = Math.round((epoch - Math.floor(epoch)) * stepsPerEpoch);
      return go(stepNow() + stepsPerEpoch - into);
    },
    reset: () => open({ ...here(), edits: [], step: 0 }),
    goTo: (step) => act(() => ask("seek", { step })),
    async change(patch) {
      const now = here();
      const changes = (keys: readonly (keyof Experiment)[]) =>
        keys.some((key) => key in patch && JSON.stringify(patch[key]) !== JSON.stringify(now[key]));
      if (changes(TRAINED) || (changes(SETTINGS) && stepNow() === 0) || about.value === null)
        await open({ ...now, ...patch, edits: [], step: 0 });
      else if (changes(SETTINGS)) {
        const settings = settingsOf({ ...now, ...patch });
        await doEdit((step) => ({ kind: "settings", step, settings }));
      } else if (patch.view) {
        put({ ...experiment.value, view: patch.view });
        if (running.value) await go(Number.POSITIVE_INFINITY);
      }
    },
    editWeight: (index, value) => doEdit((step) => ({ kind: "weight", step, index, value })),
    open,
    activations: (where, layers = "all") => ask("activations", { where, layers }),
    diagnose: () => ask("diagnose", {}),
    close() {
      stopLooking();
      stopFollowing();
      close();
    },
  };
  const stopFollowing = effect(() => {
    const next = experiment.value;
    if (next !== own) untracked(() => void open(next));
  });
  return session;
}

/** Parts of the record that a run is made of; changing one starts a new run. */
const TRAINED = ["data", "features", "layers", "initializer", "loss", "precision", "seed"] as const;
const SETTINGS = ["optimizer", "schedule", "regularization", "batchSize"] as const;

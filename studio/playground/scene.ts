/**
 * What is drawn of a run at one moment, all of it from the same run: the frame, the output over the plane, the maps of
 * all units, and which units do nothing.
 *
 * The worker is asked after each frame, for one scene at a time: a slow page draws fewer of them, the training does not
 * wait, and while a new run is made the last scene stays.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { FeatureName } from "../data/features.ts";
import { Refusal } from "../data/refusal.ts";
import type { OutputGrid } from "../draw/plane.ts";
import type { About, Frame } from "../train/protocol.ts";
import type { Session } from "../train/session.ts";
import { type IdleUnit, idleUnits, unitLevels } from "./units.ts";

/** One moment of a run. */
export interface Scene {
  readonly about: About;
  readonly features: readonly FeatureName[];
  readonly frame: Frame;
  readonly output: OutputGrid;
  /** [layer after the inputs]: levels of its units one after the other, `side` × `side` each. */
  readonly maps: readonly Uint8Array[];
  readonly side: number;
  readonly idle: readonly IdleUnit[];
}

/** Cells on a side: of the large picture, and of a unit's map. */
const OUTPUT_SIDE = 72;
const UNIT_SIDE = 24;
/** Milliseconds between two looks at the training rows while the run goes on. */
const IDLE_MS = 500;

/** The scenes of a session, from now on. */
export function scenesOf(session: Session): {
  readonly scene: ReadonlySignal<Scene | null>;
  /** Scenes so far. */
  readonly count: ReadonlySignal<number>;
} {
  const scene = signal<Scene | null>(null);
  const count = signal(0);
  let busy = false;
  let stale = false;
  let lookedAt = 0;

  async function take(): Promise<void> {
    const about = session.about.value;
    const frame = session.frame.value;
    if (about === null || frame === null || about.range === null) return;
    const now = performance.now();
    const { features } = session.experiment.value;
    const looks = !frame.running || now - lookedAt > IDLE_MS || scene.value?.about !== about;
    if (looks) lookedAt = now;
    const [last, all, rows] = await Promise.all([
      session.activations({ grid: OUTPUT_SIDE }, "last"),
      session.activations({ grid: UNIT_SIDE }, "all"),
      looks ? session.activations({ part: "train", most: 256 }, "all") : null,
    ]);
    // Another run may have been opened meanwhile; its own frame will ask again.
    if (session.about.value !== about) return;
    scene.value = {
      about,
      features,
      frame,
      output: { values: last.layers[0]!, nx: OUTPUT_SIDE, ny: OUTPUT_SIDE, columns: about.units.at(-1)! },
      maps: all.layers.map((values, l) => unitLevels(values, about.units[l]!, about.activations[l]!)),
      side: UNIT_SIDE,
      idle: rows ? idleUnits(rows, about.units, about.activations) : scene.value!.idle,
    };
    count.value++;
  }

  async function takeAll(): Promise<void> {
    busy = true;
    do {
      stale = false;
      await take().catch((error) => {
        // A run that was closed between question and answer has no scene; anything else is a mistake.
        if (!(error instanceof Refusal)) throw error;
      });
    } while (stale);
    busy = false;
  }

  effect(() => {
    if (session.frame.value === null || session.about.value === null) return;
    if (busy) stale = true;
    else void takeAll();
  });
  return { scene, count };
}

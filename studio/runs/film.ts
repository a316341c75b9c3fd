/**
 * A film of the plane while the network learns: the kept run is trained again in a worker, stopped at evenly spaced
 * places of its curve, and each picture becomes a frame of a GIF.
 */
import { gif } from "papergrad/plot";
import { Picture } from "../draw/canvas.ts";
import { PALETTES } from "../draw/palette.ts";
import { drawGround, drawPoints, type GroundOptions } from "../draw/plane.ts";
import type { Experiment } from "../state/experiment.ts";
import type { About, CurvePoint } from "../train/protocol.ts";
import { reach } from "../train/reach.ts";
import type { Session } from "../train/session.ts";
import type { KeptRun } from "./kept.ts";

const SIZE = 320;
const CAPTION = 26;
/** Cells of the grid in each direction. */
const CELLS = 80;
const FRAMES = 40;

export interface FilmOptions {
  readonly dark: boolean;
  /** Share of the work that is done. */
  readonly onProgress: (share: number) => void;
  readonly abort: AbortSignal;
}

/** The bytes of the GIF. @throws {Refusal} if it was stopped. */
export async function filmOf(run: KeptRun, { dark, onProgress, abort }: FilmOptions): Promise<Uint8Array> {
  const steps = filmSteps(run.points, run.experiment.step);
  // Trained to the end once: going to the places of the frames is then quick.
  const session = await reach(run.experiment, {
    abort,
    onStep: (step) => onProgress((0.5 * step) / Math.max(1, run.experiment.step)),
  });
  try {
    const frames = [];
    for (const [i, step] of steps.entries()) {
      if (abort.aborted) break;
      await arrive(session, step);
      frames.push(await frameAt(session, run.about, run.experiment, dark));
      onProgress(0.5 + (0.5 * (i + 1)) / steps.length);
    }
    return gif(frames, { delayMs: 100, holdMs: 2000 });
  } finally {
    session.close();
  }
}

/** Steps of the frames: dense at the start, where most happens. The first is 0, the last the end. */
export function filmSteps(points: readonly CurvePoint[], end: number): number[] {
  const wanted = Array.from({ length: FRAMES }, (_, i) => Math.round(end * (i / (FRAMES - 1)) ** 2));
  const known = points.map(({ step }) => step);
  const nearest = (step: number) =>
    known.reduce((best, each) => (Math.abs(each - step) < Math.abs(best - step) ? each : best), end);
  return [...new Set([0, ...wanted.map(nearest), end])].sort((a, b) => a - b);
}

/** Goes to a step and waits until the worker is there. */
async function arrive(session: Session, step: number): Promise<void> {
  await session.goTo(step);
  while (session.frame.value?.step !== step && session.running.value)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

/** How the ground of a run's plane is shaded. */
export const groundOf = (about: About, experiment: Experiment): GroundOptions => ({
  kind:
    about.head.units > 1
      ? "classes"
      : about.classes === 2 && about.head.activation === "sigmoid"
        ? "probability"
        : "value",
  scale: 1,
  discrete: experiment.view.discretize,
});

async function frameAt(session: Session, about: About, experiment: Experiment, dark: boolean) {
  const colors = dark ? PALETTES.dark : PALETTES.light;
  const { layers } = await session.activations({ grid: CELLS }, "last");
  const [ground, points] = [document.createElement("canvas"), document.createElement("canvas")];
  const grid = { values: layers[0]!, nx: CELLS, ny: CELLS, columns: about.head.units };
  drawGround(ground, SIZE, SIZE, grid, groundOf(about, experiment), colors, new Picture());
  const { x, y } = about.train!;
  const shown = {
    x,
    y,
    classes: about.classes,
    firstTest: y.length,
    showTest: false,
    scale: 1,
  };
  drawPoints(points, SIZE, SIZE, about.range!, shown, colors);
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE + CAPTION;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = colors.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of [ground, points]) context.drawImage(layer, 0, CAPTION, SIZE, SIZE);
  context.fillStyle = colors.ink;
  context.font = "14px ui-monospace, monospace";
  const { step = 0, values } = session.frame.value ?? {};
  context.fillText(`${String(step).padStart(6)}   ${values?.loss.toPrecision(4) ?? ""}`, 8, 18);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, rgba: new Uint8Array(data.buffer) };
}

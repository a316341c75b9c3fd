/**
 * What the page and the worker say to each other: requests with a number, each answered once, in order. Plain data.
 *
 * The page never waits for training: it asks for a frame when it wants to draw one, and the worker answers between two
 * chunks of steps.
 */

import type { FloatArray } from "papergrad";
import type { Finding } from "papergrad/inspect";
import type * as asking from "../data/asking.ts";
import type { PlaneRange } from "../data/sets.ts";
import type { Edit, Experiment } from "../state/experiment.ts";
import type { Head } from "./network.ts";

/** A matrix of trained numbers and its place in the flat vector of parameters. */
export interface WeightPlace {
  /** "dense_0/kernel". */
  readonly path: string;
  /** W1, b1, … as in formulas. */
  readonly label: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly offset: number;
}

/** Points of the plane with their classes or values. */
export interface PointList {
  /** x₁, x₂ of each, one after the other. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** What an opened run is, told once. */
export interface About {
  readonly weights: readonly WeightPlace[];
  /** Units of each layer, the last one included. */
  readonly units: readonly number[];
  readonly activations: readonly string[];
  readonly inputs: number;
  readonly classes: number;
  readonly labels: readonly string[];
  readonly head: Head;
  readonly range: PlaneRange | null;
  readonly trainRows: number;
  readonly testRows: number;
  /** Null if the rows are no points of the plane. */
  readonly train: PointList | null;
  readonly test: PointList | null;
  readonly threads: number;
}

/** Mean loss (penalties included) and accuracy over the rows; no test rows, no test values. */
export interface Values {
  readonly loss: number;
  readonly testLoss?: number;
  readonly accuracy?: number;
  readonly testAccuracy?: number;
}

/** One place on the curves of a run. Which steps have one does not depend on the speed of the machine. */
export interface CurvePoint extends Values {
  readonly step: number;
  readonly epoch: number;
  /** Of the coming step; NaN for a minimizer. */
  readonly learningRate: number;
  /** Length of the gradient over the training rows, for each matrix of `About.weights`. */
  readonly gradients: readonly number[];
  /** Length of the last update over the length of the weights, for each matrix; 0 at step 0. */
  readonly updates: readonly number[];
}

/** Why the run stands still. */
export type Halt = "ready" | "paused" | "target" | "goal" | "notFinite" | "converged";

/** The run as it is now. */
export interface Frame {
  readonly step: number;
  /** Finished epochs and the part of the running one. */
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  /** All trained numbers, in the order of `About.weights`. */
  readonly parameters: FloatArray;
  /** Eight hex digits that name these numbers, bit for bit; null while a large network trains. */
  readonly hash: string | null;
  /** At this very step; null while a large network trains. */
  readonly values: Values | null;
  readonly running: boolean;
  readonly halt: Halt;
  /** The record with the edits made so far. */
  readonly edits: readonly Edit[];
  /** All curve points if `whole`, else those after the ones already sent. */
  readonly points: readonly CurvePoint[];
  readonly whole: boolean;
  /** Last step that has been trained: the end of the time machine's scale. */
  readonly end: number;
}

/** Outputs of every layer for some rows, [rows, units] each, row by row. */
export interface Activations {
  readonly rows: number;
  readonly layers: readonly FloatArray[];
}

/** Which rows the activations are for. */
export type Where =
  /** A square grid over the range, first row at the largest x₂. */
  | { readonly grid: number }
  /** Points of the plane, one after the other. */
  | { readonly points: readonly number[] }
  /** Rows of the network's inputs as they are (pictures: 0…255). */
  | { readonly inputs: readonly number[] }
  /** The first rows of the training or test part. */
  | { readonly part: "train" | "test"; readonly most: number };

/** Every request by its name: what is asked, and what is answered. */
export interface Requests {
  open: {
    /** `base`: address of the folder of the page, where data lie. */
    ask: { readonly experiment: Experiment; readonly threads: number; readonly base: string };
    answer: About;
  };
  /** Trains up to a step (Infinity: on and on), so many steps a second (0: as fast as it goes). */
  go: { ask: { readonly target: number; readonly speed: number; readonly goal: number }; answer: null };
  pause: { ask: Record<never, never>; answer: null };
  /** Goes to a step, back or forth. */
  seek: { ask: { readonly step: number }; answer: null };
  /** Does an edit at the step where it is now; what came after is forgotten. */
  edit: { ask: { readonly edit: Edit }; answer: null };
  frame: { ask: { readonly known: number }; answer: Frame };
  diagnose: { ask: Record<never, never>; answer: readonly Finding[] };
  activations: { ask: { readonly where: Where; readonly layers: "all" | "last" }; answer: Activations };
}

export type RequestName = keyof Requests;
export type Ask<K extends RequestName = RequestName> = asking.Ask<Requests, K>;
export type Answer = asking.Reply<Requests>;

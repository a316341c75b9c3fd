/**
 * A program's step opened, for one variant or two: its values at any step, with edits made on the way; cells written
 * out; gradients beside differences. Pure: the worker puts messages around it, tests call it as it is.
 *
 * Every number comes from papergrad's trace of the step. Without edits and after them are two runs, so that what an
 * edit changes can be marked.
 */
import { type BufferLeaf, backendByName, type Entry, type Node } from "papergrad/engine";
import {
  checkGradients,
  type GradientRow,
  type OpenStep,
  openStep,
  type TracedCell,
  type TracedValue,
  worksheet,
} from "papergrad/inspect";
import type { ProgramName, Variant } from "../../experiments/types.ts";
import { type LoadMnist, loadProgram, type PencilProgram } from "./programs.ts";

/** A number set by hand before a step is done. */
export interface Edit {
  /** From 1: the step that first sees it. */
  readonly step: number;
  readonly label: string;
  readonly row: number;
  readonly col: number;
  readonly value: number;
}

export interface SheetRequest {
  readonly program: ProgramName;
  readonly variant: Variant;
  /** From 1. */
  readonly step: number;
  readonly edits: readonly Edit[];
}

export interface SheetValue extends Omit<TracedValue, "id" | "from"> {
  /** Labels it was computed from. */
  readonly from: readonly string[];
  readonly decimals: number;
  /** Data, weights and settings: what a reader may set. */
  readonly writable: boolean;
  /** Positions that differ from the run without edits. */
  readonly changed: readonly number[];
}

export interface Sheet {
  readonly variant: Variant;
  /** The step shown: the last one where the program stops by itself before the one asked for. */
  readonly step: number;
  readonly halted: boolean;
  readonly values: readonly SheetValue[];
}

/** One cell, its sources by label. */
export interface SheetCell extends Omit<TracedCell, "id" | "from"> {
  readonly label: string;
  readonly from: readonly { readonly label: string; readonly cells: readonly number[] }[];
}

/** What differences say about the gradient of one parameter. */
export interface CheckedGradient {
  readonly parameter: string;
  /** The traced value that holds these numbers; the update where no value of its own does. */
  readonly label: string;
  readonly rows: readonly GradientRow[];
  readonly entries: number;
}

interface Opened {
  readonly entry: Entry;
  readonly step: OpenStep;
  readonly sheet: Sheet;
}

/** A run, `done` steps after its start. */
interface Run {
  readonly key: string;
  readonly entry: Entry;
  done: number;
}

/** Entries of a gradient that are differenced, and of all gradients of a large network. */
const SAMPLES = { small: 2500, large: 40 } as const;
const LARGE = 20_000;
/** Metrics of one run are kept in memory: long ways are gone in pieces. */
const PIECE = 100_000;

export class PencilSession {
  private readonly mnist: LoadMnist;
  private readonly programs = new Map<ProgramName, Promise<PencilProgram>>();
  /** The run without edits and the one with them, of each variant, where they are now. */
  private readonly runs = new Map<string, Run>();
  private readonly opened = new Map<Variant, Opened>();

  constructor(mnist: LoadMnist) {
    this.mnist = mnist;
  }

  /** The values of a step. @throws {UsageError} for an edit of what is not there. */
  async sheet(request: SheetRequest): Promise<Sheet> {
    const { program, variant, edits } = request;
    const made = await this.program(program);
    const plain = this.at(made, { ...request, edits: [] });
    const relevant = edits.filter((e) => e.step <= request.step);
    const edited = relevant.length > 0 ? this.at(made, { ...request, edits: relevant }) : plain;
    const step = openStep(edited.entry);
    const before = edited === plain ? step : openStep(plain.entry);
    const shown = new Map(step.values.map((v) => [v.id, v.label]));
    const decimals = new Map(worksheet(step.values).map((e) => [e.value.id, e.decimals]));
    const values = step.values.flatMap((v, at): SheetValue[] => {
      const places = decimals.get(v.id);
      if (places === undefined) return [];
      const { id: _, from, ...rest } = v;
      return [
        {
          ...rest,
          from: [...new Set(from)].flatMap((f) => shown.get(f) ?? []),
          decimals: places,
          writable: leafOf(edited.entry, v.label) !== undefined,
          changed: differences(v.data, before.values[at]!.data),
        },
      ];
    });
    const sheet = { variant, step: edited.done + 1, halted: edited.done < request.step - 1, values };
    this.opened.set(variant, { entry: edited.entry, step, sheet });
    return sheet;
  }

  /** A cell of the sheet last asked for in this variant. */
  cell(variant: Variant, label: string, row: number, col: number): SheetCell {
    const { step } = this.open(variant);
    const value = step.values.find((v) => v.label === label);
    const { id: _, from, ...cell } = step.cell(value?.id ?? -1, row, col);
    const labels = new Map(step.values.map((v) => [v.id, v.label]));
    return {
      ...cell,
      label,
      from: from.map(({ id, cells }) => ({ label: labels.get(id)!, cells })),
    };
  }

  /** Every gradient of the sheet last asked for beside central differences, at its numbers. */
  async gradients(program: ProgramName, variant: Variant): Promise<CheckedGradient[]> {
    const { step, entry } = this.open(variant);
    const problem = (await this.program(program)).problem(variant);
    const byLabel = new Map(step.values.map((v) => [v.label, v]));
    // The program may call a matrix x and its value a0.
    const called = new Map(entry.graph.nodes.filter(isMatrix).map((n) => [n.source.name, n.label ?? ""]));
    const now = { get: (name: string) => byLabel.get(name) ?? byLabel.get(called.get(name) ?? "") };
    const values = Object.fromEntries(
      Object.entries(problem.values).map(([name, given]) => {
        const traced = now.get(name);
        const isThere = traced?.stage === "data" || traced?.stage === "parameter";
        return [name, isThere && traced.data.length === given.length ? traced.data : given];
      }),
    );
    const size = Object.values(values).reduce((n, v) => n + v.length, 0);
    const found = checkGradients(
      { ...problem, values },
      { samples: size > LARGE ? SAMPLES.large : SAMPLES.small, backend: backendByName("wasm") },
    );
    const parameters = [...new Set(found.rows.map((r) => r.parameter))];
    return parameters.map((parameter) => {
      const rows = found.rows.filter((r) => r.parameter === parameter);
      const { shape, data } = now.get(parameter)!;
      return {
        parameter,
        label: holder(step.values, rows, shape) ?? `${parameter}'`,
        rows,
        entries: data.length,
      };
    });
  }

  private open(variant: Variant): Opened {
    const opened = this.opened.get(variant);
    if (!opened) throw new Error(`pencil: no sheet of ${variant} has been asked for`);
    return opened;
  }

  private program(name: ProgramName): Promise<PencilProgram> {
    const made = this.programs.get(name) ?? loadProgram(name, this.mnist);
    this.programs.set(name, made);
    // What failed (the images could not be fetched) may be tried again.
    made.catch(() => this.programs.delete(name));
    return made;
  }

  /**
   * A run right before a step: the open one where it only has to go on, else a new one. Where the program ends by
   * itself earlier, right before its last step.
   */
  private at(program: PencilProgram, request: SheetRequest): Run {
    const { program: name, variant, step, edits } = request;
    const slot = `${variant} ${edits.length > 0}`;
    const key = JSON.stringify([name, edits]);
    const open = this.runs.get(slot);
    const goesOn = open?.key === key && open.done <= step - 1;
    const run = goesOn ? open : { key, entry: program.prepare(variant), done: 0 };
    if (!goesOn) write(run.entry, edits, 1);
    this.runs.set(slot, run);
    while (run.done < step - 1) {
      const next = edits.map((e) => e.step - 1).filter((s) => s > run.done);
      const until = Math.min(step - 1, run.done + PIECE, ...next);
      const { steps, halted } = run.entry.run(until - run.done);
      run.done += steps;
      if (halted) return this.at(program, { ...request, step: run.done });
      write(run.entry, edits, run.done + 1);
    }
    return run;
  }
}

function write(entry: Entry, edits: readonly Edit[], step: number): void {
  for (const edit of edits) {
    if (edit.step !== step) continue;
    const leaf = leafOf(entry, edit.label);
    const [rows, cols] = leaf?.shape ?? [0, 0];
    if (!leaf || edit.row >= rows || edit.col >= cols) continue;
    const { name, offset, rowStride, colStride } = leaf.source;
    entry.engine.live(name)[offset + edit.row * rowStride + edit.col * colStride] = edit.value;
  }
}

/** The matrix in memory that a label stands for. */
const leafOf = (entry: Entry, label: string): BufferLeaf | undefined =>
  entry.graph.nodes.filter(isMatrix).find((n) => n.label === label);

const isMatrix = (n: Node): n is BufferLeaf =>
  n.kind === "leaf" && n.source.type === "buffer" && n.source.role !== "bytes" && n.source.role !== "index";

function differences(a: Float64Array, b: Float64Array): number[] {
  const found: number[] = [];
  for (const [i, v] of a.entries()) if (!Object.is(v, b[i])) found.push(i);
  return found;
}

/** The value on the way back whose numbers are these. */
function holder(
  values: readonly TracedValue[],
  rows: readonly GradientRow[],
  shape: TracedValue["shape"],
): string | undefined {
  return values.find(
    (v) =>
      v.stage === "backward" &&
      v.shape[0] === shape[0] &&
      v.shape[1] === shape[1] &&
      rows.every((r) => close(v.data[r.row * shape[1] + r.col]!, r.analytic)),
  )?.label;
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

/**
 * What Pencil shows, as one record in the address: `#/pencil?program=xor&view=both&step=3&cell=z1:0:2`.
 *
 * What a link says wrongly is left at its default and told in one sentence.
 */
import type { ProgramName, Variant } from "../../experiments/types.ts";
import type { Text } from "../language.ts";
import type { RecordText } from "../state/location.ts";
import type { Edit } from "./session.ts";

export const PROGRAMS = [
  "pencil",
  "and",
  "or",
  "not",
  "xor",
  "iris",
  "mnist",
  "moons",
  "digits",
] as const satisfies readonly ProgramName[];

/** One variant, or both side by side. */
export const VIEWS = ["published", "derived", "both"] as const;
/** The step itself, the sheet with blanks, the sheet with its answers. */
export const PAPERS = ["step", "blanks", "answers"] as const;

/** A cell of a sheet. */
export interface CellName {
  readonly variant: Variant;
  readonly label: string;
  readonly row: number;
  readonly col: number;
}

export interface PencilPage {
  readonly program: ProgramName;
  readonly view: (typeof VIEWS)[number];
  readonly paper: (typeof PAPERS)[number];
  /** From 1. */
  readonly step: number;
  readonly chosen: CellName | null;
  readonly edits: readonly Edit[];
}

export const firstPage: PencilPage = {
  program: "pencil",
  view: "published",
  paper: "step",
  step: 1,
  chosen: null,
  edits: [],
};

export const LAST_STEP = 1_000_000;

/** The variants that a view shows, in order. */
export const variantsOf = (view: PencilPage["view"]): readonly Variant[] =>
  view === "both" ? ["published", "derived"] : [view];

export const pageText: RecordText<PencilPage> = { encode, decode };

function encode({ program, view, paper, step, chosen, edits }: PencilPage): string {
  const query = new URLSearchParams();
  if (program !== firstPage.program) query.set("program", program);
  if (view !== firstPage.view) query.set("view", view);
  if (paper !== firstPage.paper) query.set("paper", paper);
  if (step !== 1) query.set("step", String(step));
  if (chosen) {
    const { variant, label, row, col } = chosen;
    const of = view === "both" && variant === "derived" ? [variant] : [];
    query.set("cell", [label, row, col, ...of].join(":"));
  }
  if (edits.length > 0)
    query.set("edits", edits.map((e) => [e.step, e.label, e.row, e.col, e.value].join(":")).join(";"));
  return query.toString().replaceAll("%3A", ":").replaceAll("%3B", ";").replaceAll("%27", "'");
}

function decode(query: string): { record: PencilPage; problems: Text[] } {
  const given = new URLSearchParams(query);
  const problems: Text[] = [];
  const one = <T extends string>(name: string, choices: readonly T[], usual: T): T => {
    const asked = given.get(name);
    if (asked === null) return usual;
    const found = choices.find((c) => c === asked);
    if (!found) problems.push(wrong(name, choices.join(", "), asked));
    return found ?? usual;
  };
  const view = one("view", VIEWS, firstPage.view);
  const whole = (text: string, low: number): number | undefined => {
    const value = Number(text);
    return text !== "" && Number.isInteger(value) && value >= low && value <= LAST_STEP ? value : undefined;
  };
  const stepText = given.get("step") ?? "1";
  const step = whole(stepText, 1);
  if (step === undefined) problems.push(wrong("step", `1 … ${LAST_STEP}`, stepText));

  let chosen: CellName | null = null;
  const cellText = given.get("cell");
  if (cellText !== null) {
    const [, label, r = "", c = "", of] = /^(.+):(\d+):(\d+)(?::(published|derived))?$/.exec(cellText) ?? [];
    const [row, col] = [whole(r, 0), whole(c, 0)];
    if (label === undefined || row === undefined || col === undefined)
      problems.push(wrong("cell", "z1:0:2", cellText));
    else
      chosen = { variant: of === "derived" || view === "derived" ? "derived" : "published", label, row, col };
  }

  const edits: Edit[] = [];
  for (const text of (given.get("edits") ?? "").split(";").filter((e) => e !== "")) {
    const [, s = "", label = "", r = "", c = "", v = ""] =
      /^(\d+):(.+):(\d+):(\d+):([^:]+)$/.exec(text) ?? [];
    const [at, row, col, value] = [whole(s, 1), whole(r, 0), whole(c, 0), Number(v)];
    if (at === undefined || row === undefined || col === undefined || v === "" || !Number.isFinite(value))
      problems.push(wrong("edits", "1:W1:0:2:0.5", text));
    else edits.push({ step: at, label, row, col, value });
  }
  const record: PencilPage = {
    program: one("program", PROGRAMS, firstPage.program),
    view,
    paper: one("paper", PAPERS, firstPage.paper),
    step: step ?? 1,
    chosen,
    edits,
  };
  return { record, problems };
}

const wrong = (name: string, expected: string, received: string): Text => ({
  en: `The link says ${name}=${received}, expected ${expected}. It was left out.`,
  zh: `链接中的 ${name}=${received} 无效，应为 ${expected}，已忽略。`,
});

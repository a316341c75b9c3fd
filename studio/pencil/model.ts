/**
 * Pencil's state: the record in the address, the sheets the worker has made of it, the cell that is looked at and what
 * it depends on. Components read these signals; nothing here draws.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import type { Variant } from "../../experiments/types.ts";
import { Refusal } from "../data/refusal.ts";
import type { Text } from "../language.ts";
import { linkedRecord } from "../state/location.ts";
import { say } from "../ui/status-line.tsx";
import { ask } from "./client.ts";
import { type CellName, type PencilPage, pageText, variantsOf } from "./page.ts";
import type { CheckedGradient, Edit, Sheet, SheetCell, SheetValue } from "./session.ts";

export const page = linkedRecord<PencilPage>("pencil", pageText);

type Of<T> = Partial<Readonly<Record<Variant, T>>>;

/** The sheets of the page; those of the step before stay until the new ones have come. */
export const sheets = signal<Of<Sheet>>({});
export const gradients = signal<Of<readonly CheckedGradient[]>>({});
export const busy = signal(true);
export const problem = signal<Text | null>(null);

/** The cell under the pointer or with the focus. */
export const pointed = signal<CellName | null>(null);
/** The value that a formula or a line of code under the pointer speaks of. */
export const spoken = signal<string | null>(null);
export const active = computed(() => pointed.value ?? page.value.chosen);
/** The active cell written out; null until the worker has answered. */
export const cell = signal<SheetCell | null>(null);

/** Positions of each value of a variant that the active cell was computed from. */
export const dependence = computed<{
  variant: Variant;
  from: ReadonlyMap<string, ReadonlySet<number>>;
} | null>(() => {
  const [at, opened] = [active.value, cell.value];
  if (!at || !opened || !isCell(at, opened)) return null;
  return { variant: at.variant, from: new Map(opened.from.map((f) => [f.label, new Set(f.cells)])) };
});

const isCell = (a: Omit<CellName, "variant">, b: Omit<CellName, "variant">): boolean =>
  a.label === b.label && a.row === b.row && a.col === b.col;

export const findValue = (variant: Variant, label: string): SheetValue | undefined =>
  sheets.value[variant]?.values.find((v) => v.label === label);

/** Replaces parts of the record. */
export function show(part: Partial<PencilPage>): void {
  page.value = { ...page.value, ...part };
}

export const choose = (chosen: CellName | null): void => show({ chosen });

/** Shows the first cell of a value, in the variant that is being looked at. */
export function chooseValue(variant: Variant, label: string): void {
  if (!findValue(variant, label)) return;
  choose({ variant, label, row: 0, col: 0 });
  document
    .querySelector(`[data-block="${CSS.escape(`${variant} ${label}`)}"]`)
    ?.scrollIntoView({ block: "nearest" });
}

/** Sets a number before the step that is shown. */
export function edit({ label, row, col }: CellName, value: number): void {
  const { step, edits } = page.value;
  const others = edits.filter((e) => e.step !== step || !isCell(e, { label, row, col }));
  show({ edits: [...others, { step, label, row, col, value }] });
}

/** The edit of a cell at the step shown. */
export const editOf = (at: CellName): Edit | undefined =>
  page.value.edits.find((e) => e.step === page.value.step && isCell(e, at));

export const undo = (gone: Edit): void => show({ edits: page.value.edits.filter((e) => e !== gone) });

let asked = 0;

async function openSheets({ program, view, step, edits }: PencilPage): Promise<void> {
  const own = ++asked;
  const isLatest = () => own === asked;
  const base = document.baseURI;
  busy.value = true;
  try {
    const found: Partial<Record<Variant, Sheet>> = {};
    for (const variant of variantsOf(view))
      found[variant] = await ask("sheet", { base, program, variant, step, edits });
    if (!isLatest()) return;
    batch(() => {
      sheets.value = found;
      gradients.value = {};
      cell.value = null;
      problem.value = null;
    });
    stopAtEnd(Object.values(found));
    for (const variant of variantsOf(view)) {
      const checked = await ask("gradients", { base, program, variant });
      if (!isLatest()) return;
      gradients.value = { ...gradients.value, [variant]: checked };
    }
  } catch (error) {
    if (isLatest())
      problem.value = error instanceof Refusal ? error.text : { en: String(error), zh: String(error) };
  } finally {
    if (isLatest()) busy.value = false;
  }
}

/** The program has no later step: the record says so too. */
function stopAtEnd(found: readonly Sheet[]): void {
  const last = Math.max(...found.map((s) => s.step));
  if (!found.every((s) => s.halted)) return;
  show({ step: last });
  say({
    en: `The program stops by itself after step ${last}.`,
    zh: `程序在第 ${last} 步之后自行停止。`,
  });
}

async function openCell(at: CellName | null, sheet: Sheet | undefined): Promise<void> {
  const value = at && sheet?.values.find((v) => v.label === at.label);
  if (!value || at.row >= value.shape[0] || at.col >= value.shape[1]) {
    cell.value = null;
    return;
  }
  const opened = await ask("cell", { base: document.baseURI, ...at }).catch(() => null);
  if (opened && active.peek() === at) cell.value = opened;
}

/** Keeps the sheets and the cell those of the record, from now on. */
export function followPage(): () => void {
  const wanted = computed(() => {
    const { program, view, step, edits } = page.value;
    return JSON.stringify([program, view, step, edits]);
  });
  const stops = [
    effect(() => {
      void wanted.value;
      void openSheets(page.peek());
    }),
    effect(() => {
      const at = active.value;
      void openCell(at, at ? sheets.value[at.variant] : undefined);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

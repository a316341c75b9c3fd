/**
 * Runs that the reader has kept: in this browser's own storage (IndexedDB), nowhere else.
 *
 * A run is its record, its curves and its weights at the step where it was kept. Keeping the same run twice keeps one.
 */
import { signal } from "@preact/signals";
import type { FloatArray } from "papergrad";
import type { Text } from "../language.ts";
import type { Experiment } from "../state/experiment.ts";
import { encode } from "../state/url.ts";
import type { About, CurvePoint } from "../train/protocol.ts";
import type { Session } from "../train/session.ts";

/** One kept run. Plain data. */
export interface KeptRun {
  /** Of what was trained, to which step, and where that led. */
  readonly id: string;
  /** When it was kept, in milliseconds since 1970. */
  readonly when: number;
  readonly experiment: Experiment;
  readonly about: About;
  readonly points: readonly CurvePoint[];
  readonly parameters: FloatArray;
  readonly hash: string;
}

/** All of them, oldest first. */
export const keptRuns = signal<readonly KeptRun[]>([]);

/** Why runs cannot be kept here, if so. */
export const storageProblem = signal<Text | null>(null);

const DATABASE = "papergrad-studio";
const STORE = "runs";

let opened: Promise<IDBDatabase> | null = null;
function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/**
 * Works on the store, until the browser has committed it: what the page then shows outlives the page. A browser that
 * refuses storage is said so once, and the runs last as long as the page.
 */
async function withStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  try {
    const transaction = (await database()).transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request?.result;
  } catch (error) {
    storageProblem.value = {
      en: `Kept runs will be lost with this page: the browser refuses to store them (${String(error)}).`,
      zh: `浏览器拒绝存储（${String(error)}），保留的记录会随本页关闭而丢失。`,
    };
    return undefined;
  }
}

/** Reads what was kept before. */
export async function readKeptRuns(): Promise<void> {
  const stored = await withStore<KeptRun[]>("readonly", (store) => store.getAll());
  if (stored) keptRuns.value = stored.sort((a, b) => a.when - b.when);
}

/** Keeps a run, in the place of the same one if it is there. */
export async function keepRun(run: KeptRun): Promise<void> {
  await withStore("readwrite", (store) => store.put(run));
  keptRuns.value = [...keptRuns.value.filter(({ id }) => id !== run.id), run];
}

/** Forgets runs. */
export async function forgetRuns(ids: ReadonlySet<string>): Promise<void> {
  await withStore("readwrite", (store) => {
    for (const id of ids) store.delete(id);
    return undefined;
  });
  keptRuns.value = keptRuns.value.filter(({ id }) => !ids.has(id));
}

/** The run of a session as it is now; null before it is open. */
export function runOf({ experiment, about, frame, points }: Session, when: number): KeptRun | null {
  const [now, what] = [frame.value, about.value];
  if (now === null || what === null || now.hash === null) return null;
  const record = { ...experiment.value, step: now.step };
  return {
    id: `${encode(record)}#${now.hash}`,
    when,
    experiment: record,
    about: what,
    points: points.value.filter(({ step }) => step <= now.step),
    parameters: now.parameters,
    hash: now.hash,
  };
}

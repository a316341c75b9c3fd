/**
 * The address of the page: which room, and its query. `#/playground?layers=8:tanh&step=250`.
 *
 * A room has one record; it is read from the link when the room is first opened, and written back a little after it
 * changes. Rooms that are not shown keep theirs.
 */
import { effect, type Signal, signal } from "@preact/signals";
import type { Text } from "../language.ts";
import { type Experiment, experimentOf } from "./experiment.ts";
import { decode, encode } from "./url.ts";

/** Id of the room that is shown; may be one that there is not. */
export const room = signal("");

/** What was wrong with the link, one sentence each. */
export const linkProblems = signal<readonly Text[]>([]);

/** The last query of each room. */
const queries = new Map<string, string>();

/** Milliseconds between a change and its place in the address: browsers allow few changes a second. */
const SETTLE_MS = 300;

const parsed = (hash: string): { id: string; query: string } => {
  const [, id = "", query = ""] = /^#\/?([^?]*)\??(.*)$/s.exec(hash) ?? [];
  return { id, query };
};

/** The address of a room with a query. */
export const linkTo = (id: string, query: string): string => `#/${id}${query === "" ? "" : `?${query}`}`;

/** Parameters of the link that belong to no record. */
export const askedFor = (name: string): string | null =>
  new URLSearchParams(parsed(location.hash).query).get(name);

/** Follows the address from now on. Opens `first` where it names no room. */
export function followLocation(first: string): void {
  const read = () => {
    const { id, query } = parsed(location.hash);
    if (id !== "") queries.set(id, query);
    room.value = id === "" ? first : id;
    if (id !== "") records.get(id)?.read(query);
  };
  addEventListener("hashchange", read);
  read();
}

/** Shows a room as it was left. */
export function goTo(id: string): void {
  location.hash = linkTo(id, queries.get(id) ?? "");
}

/** How the record of a room is written into a query, and read from one. */
export interface RecordText<T> {
  encode(record: T): string;
  /** What cannot be read is left at its default, and said in one sentence each. */
  decode(query: string): { readonly record: T; readonly problems: readonly Text[] };
}

const records = new Map<string, { read(query: string): void }>();

/** Drops what is no part of a record. */
const ownPart = (query: string): string =>
  query
    .split("&")
    .filter((pair) => !pair.startsWith("lang="))
    .join("&");

/**
 * A record of a room's own kind, tied to its link both ways. Ask for it once, at the top of the room's module.
 * @example const page = linkedRecord("pencil", { encode, decode });
 */
export function linkedRecord<T>(id: string, { encode, decode }: RecordText<T>): Signal<T> {
  const first = decode(ownPart(queries.get(id) ?? ""));
  linkProblems.value = first.problems;
  const record = signal(first.record);
  let timer = 0;
  effect(() => {
    const query = encode(record.value);
    queries.set(id, query);
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (room.peek() === id && parsed(location.hash).query !== query)
        history.replaceState(null, "", linkTo(id, query));
    }, SETTLE_MS);
  });
  records.set(id, {
    read(query) {
      const read = decode(ownPart(query));
      linkProblems.value = read.problems;
      if (encode(read.record) !== encode(record.peek())) record.value = read.record;
    },
  });
  return record;
}

const experiments = new Map<string, Signal<Experiment>>();

/**
 * The experiment of a room, tied to its link both ways. `defaults` are what an empty link means there.
 * @example const experiment = linkedExperiment("playground");
 */
export function linkedExperiment(id: string, defaults: Experiment = experimentOf()): Signal<Experiment> {
  const known = experiments.get(id);
  if (known) return known;
  const made = linkedRecord<Experiment>(id, {
    encode: (experiment) => encode(experiment, defaults),
    decode(query) {
      const { experiment, problems } = decode(query, defaults);
      return { record: experiment, problems };
    },
  });
  experiments.set(id, made);
  return made;
}

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

interface LinkedRecord {
  readonly signal: Signal<Experiment>;
  read(query: string): void;
}

const records = new Map<string, LinkedRecord>();

/** Drops what is no part of a record. */
const ownPart = (query: string): string =>
  query
    .split("&")
    .filter((pair) => !pair.startsWith("lang="))
    .join("&");

/**
 * The record of a room, tied to its link both ways. `defaults` are what an empty link means there.
 * @example const experiment = linkedExperiment("playground");
 */
export function linkedExperiment(id: string, defaults: Experiment = experimentOf()): Signal<Experiment> {
  const known = records.get(id);
  if (known) return known.signal;
  const first = decode(ownPart(queries.get(id) ?? ""), defaults);
  linkProblems.value = first.problems;
  const record = signal(first.experiment);
  let timer = 0;
  effect(() => {
    const query = encode(record.value, defaults);
    queries.set(id, query);
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (room.peek() === id && parsed(location.hash).query !== query)
        history.replaceState(null, "", linkTo(id, query));
    }, SETTLE_MS);
  });
  records.set(id, {
    signal: record,
    read(query) {
      const { experiment, problems } = decode(ownPart(query), defaults);
      linkProblems.value = problems;
      if (encode(experiment, defaults) !== encode(record.peek(), defaults)) record.value = experiment;
    },
  });
  return record;
}

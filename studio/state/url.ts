/**
 * An experiment as the query of a link, and back. Only what differs from the defaults is written: `layers=8:tanh,4:relu`,
 * `optimizer.learningRate=0.01`, `step=250`. Long values (drawn points, tables) are deflated.
 *
 * A link that says something impossible loses that part only, and the reader is told in one sentence what was dropped.
 */
import * as v from "valibot";
import { both, type Text } from "../language.ts";
import { type Edit, type Experiment, experimentOf, schema, settingsOf } from "./experiment.ts";
import { pack, unpack } from "./pack.ts";

type Value = string | number | boolean;
type Flat = Readonly<Record<string, Value>>;

const DEFAULTS = experimentOf();

/** Lists have a notation of their own; everything else is a number, a word or yes/no under its dotted name. */
const LISTS = ["features", "layers", "edits", "data.points", "view.hide"] as const;

/** Plain values of a record by their dotted names. */
function flatten(record: object, prefix = ""): Flat {
  const found: Record<string, Value> = {};
  for (const [key, value] of Object.entries(record)) {
    const name = prefix + key;
    if (Array.isArray(value)) continue;
    if (typeof value === "object" && value !== null) Object.assign(found, flatten(value, `${name}.`));
    else found[name] = value as Value;
  }
  return found;
}

const differences = (record: object, from: object): [string, Value][] => {
  const base = flatten(from);
  return Object.entries(flatten(record)).filter(([name, value]) => !Object.is(value, base[name]));
};

/** A value as text; −0 is a number of its own. */
const written = (value: Value): string => (Object.is(value, -0) ? "-0" : String(value));

/**
 * The query of a link to a record.
 * @example encode(experimentOf({ seed: 7 })) // "seed=7"
 */
export function encode(experiment: Experiment, defaults: Experiment = DEFAULTS): string {
  const pairs = differences(experiment, defaults).map(([name, value]): [string, string] => [
    name,
    written(value),
  ]);
  for (const name of LISTS) {
    const text = writeList(name, experiment);
    if (text !== writeList(name, defaults)) pairs.push([name, text]);
  }
  return pairs.map(([name, text]) => `${escaped(name)}=${escaped(pack(text))}`).join("&");
}

/** Percent signs only where a link needs them. */
const escaped = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%40", "@")
    .replaceAll("%3B", ";");

function writeList(name: (typeof LISTS)[number], e: Experiment): string {
  switch (name) {
    case "features":
      return e.features.join(",");
    case "layers":
      return e.layers
        .map((l) =>
          [l.units, l.activation, ...(Object.is(l.dropout, 0) ? [] : [written(l.dropout)])].join(":"),
        )
        .join(",");
    case "data.points":
      return e.data.points.map((p) => p.map(written).join(",")).join(";");
    case "view.hide":
      return e.view.hide.join(",");
    case "edits":
      return e.edits.map((edit) => writeEdit(edit, e)).join(";");
  }
}

/** `120:w17:0.25` sets a weight; `200:optimizer.learningRate:0.01,batchSize:8` changes settings of the record. */
function writeEdit(edit: Edit, base: Experiment): string {
  if (edit.kind === "weight") return `${edit.step}:w${edit.index}:${written(edit.value)}`;
  const changed = differences(edit.settings, settingsOf(base)).map(
    ([name, value]) => `${name}:${written(value)}`,
  );
  return `${edit.step}:${changed.join(",")}`;
}

/** What a link says, and what of it could not be used. */
export interface Decoded {
  readonly experiment: Experiment;
  readonly problems: readonly Text[];
}

/**
 * Reads the query of a link.
 * @example decode("seed=7").experiment.seed // 7
 */
export function decode(query: string, defaults: Experiment = DEFAULTS): Decoded {
  const problems: Text[] = [];
  const given: Record<string, unknown> = structuredClone(defaults) as Record<string, unknown>;
  const texts = new Map<string, string>();
  for (const [name, packed] of pairsOf(query)) {
    const text = unpack(packed);
    if (text === null) problems.push(damaged(name));
    else texts.set(name, text);
  }
  // Settings edits are written as differences from the record, so they are read last.
  const edits = texts.get("edits");
  texts.delete("edits");
  const flat = flatten(defaults);
  for (const [name, text] of texts) {
    const isList = (LISTS as readonly string[]).includes(name);
    if (!isList && !Object.hasOwn(flat, name)) problems.push(unknown(name));
    else place(given, name, isList ? readList(name, text) : readValue(text, flat[name]!));
  }
  let experiment = checked(given, texts, problems, defaults);
  if (edits !== undefined) {
    const withEdits = { ...experiment, edits: readEdits(edits, experiment) };
    experiment = checked(withEdits, new Map([["edits", edits]]), problems, experiment);
  }
  return { experiment, problems };
}

function* pairsOf(query: string): Generator<[string, string]> {
  for (const pair of query.split("&").filter((p) => p !== "")) {
    const at = pair.indexOf("=");
    const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    yield [decoded(name), decoded(value)];
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
}

const readValue = (text: string, like: Value): unknown =>
  typeof like === "number"
    ? number(text)
    : typeof like === "boolean"
      ? text === "true" || (text === "false" ? false : text)
      : text;

/** What is no number stays text, so that the schema refuses it. */
const number = (text: string): unknown =>
  text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;

const items = (text: string, separator: string): string[] => (text === "" ? [] : text.split(separator));

function readList(name: string, text: string): unknown {
  if (name === "layers")
    return items(text, ",").map((item) => {
      const [units = "", activation, dropout] = item.split(":");
      return {
        units: number(units),
        ...(activation !== undefined && { activation }),
        ...(dropout !== undefined && { dropout: number(dropout) }),
      };
    });
  if (name === "data.points") return items(text, ";").map((item) => item.split(",").map(number));
  return items(text, ",");
}

function readEdits(text: string, base: Experiment): unknown[] {
  return items(text, ";").map((item) => {
    const [step = "", ...rest] = item.split(":");
    const weight = /^w(\d+)$/.exec(rest[0] ?? "");
    if (weight && rest.length === 2)
      return { kind: "weight", step: number(step), index: Number(weight[1]), value: number(rest[1]!) };
    const settings = structuredClone(settingsOf(base));
    const flat = flatten(settings);
    for (const change of items(rest.join(":"), ",")) {
      const [name = "", value = ""] = change.split(":");
      // What is no setting stays text, so that the schema refuses it.
      if (!Object.hasOwn(flat, name)) return { kind: "settings", step: number(step), settings: name };
      place(settings, name, readValue(value, flat[name]!));
    }
    return { kind: "settings", step: number(step), settings };
  });
}

/** Puts a value at a dotted name that the record has. */
function place(record: object, name: string, value: unknown): void {
  const path = name.split(".");
  let at = record as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path.at(-1)!] = value;
}

/** The record that the schema accepts: whatever it refuses is put back to what it was before the link. */
function checked(
  given: Record<string, unknown>,
  texts: ReadonlyMap<string, string>,
  problems: Text[],
  fallback: Experiment,
): Experiment {
  for (;;) {
    const result = v.safeParse(schema, given);
    if (result.success) return result.output;
    const issue = result.issues[0];
    const path = issue.path?.map((item) => String(item.key)) ?? [];
    const name = [...texts.keys()].find((key) => path.join(".").startsWith(key));
    if (name === undefined) return fallback;
    problems.push(refused(name, texts.get(name)!, issue.expected ?? "another value", issue.received));
    place(given, name, valueAt(fallback, name));
    texts = new Map([...texts].filter(([key]) => key !== name));
  }
}

const valueAt = (record: object, name: string): unknown =>
  name.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], record);

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

export const unknown = (name: string): Text => ({
  en: `Link: there is no setting "${short(name)}"; it was left out.`,
  zh: `链接：没有名为“${short(name)}”的设置，已忽略。`,
});
export const damaged = (name: string): Text => ({
  en: `Link: the value of ${short(name)} is damaged (was the link cut off?); the default is used.`,
  zh: `链接：${short(name)} 的值已损坏（链接是否被截断？），改用默认值。`,
});
export const refused = (name: string, text: string, expected: string, received: string): Text =>
  both((l) =>
    l === "en"
      ? `Link: ${name}=${short(text)}: expected ${short(expected)}, received ${short(received)}; the default is used.`
      : `链接：${name}=${short(text)}：应为${expected === "number" ? "数" : ` ${short(expected)}`}，实际为 ${short(received)}，改用默认值。`,
  );

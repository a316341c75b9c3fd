/**
 * A flat record (numbers, words, yes/no, lists of numbers) as the query of a link, and back: `hidden=200,80&seed=7`.
 *
 * For rooms with a record of their own kind. The schema gives every entry a default; only what differs is written, and
 * what a link says wrongly is left out and told.
 */
import * as v from "valibot";
import type { Text } from "../language.ts";
import type { RecordText } from "./location.ts";
import { pack, unpack } from "./pack.ts";
import { damaged, refused, unknown } from "./url.ts";

/** A link's text of records of this schema. */
export function flatLink<const E extends v.ObjectEntries>(
  schema: v.ObjectSchema<E, undefined>,
): RecordText<v.InferOutput<v.ObjectSchema<E, undefined>>> {
  const usual: Readonly<Record<string, unknown>> = v.parse(schema, {});
  return {
    encode: (record) =>
      Object.entries(record)
        .filter(([name, value]) => String(value) !== String(usual[name]))
        .map(([name, value]) => `${name}=${encodeURIComponent(pack(String(value))).replaceAll("%2C", ",")}`)
        .join("&"),
    decode(query) {
      const problems: Text[] = [];
      const given: Record<string, unknown> = {};
      for (const [name, packed] of new URLSearchParams(query)) {
        const text = unpack(packed);
        if (!Object.hasOwn(usual, name)) problems.push(unknown(name));
        else if (text === null) problems.push(damaged(name));
        else {
          const value = readAs(text, usual[name]);
          const { issues } = v.safeParse(schema, { [name]: value });
          if (issues)
            problems.push(refused(name, text, issues[0].expected ?? "another value", issues[0].received));
          else given[name] = value;
        }
      }
      return { record: v.parse(schema, given), problems };
    },
  };
}

/** Text as the kind of value that the default is. What is no number stays text, so that the schema refuses it. */
function readAs(text: string, like: unknown): unknown {
  if (Array.isArray(like)) return text === "" ? [] : text.split(",").map(number);
  if (typeof like === "number") return number(text);
  return typeof like === "boolean" && (text === "true" || text === "false") ? text === "true" : text;
}

const number = (text: string): number | string =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);

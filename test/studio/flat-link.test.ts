/** Links of rooms with flat records: what is written comes back, what is wrong is told and left out. */
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { drawingFrom, drawingText, EMPTY, pictureOf } from "../../studio/digits/drawing.ts";
import { digitsLink, settingOf } from "../../studio/digits/setting.ts";
import { raceLink } from "../../studio/race/setting.ts";
import { flatLink } from "../../studio/state/flat-link.ts";

const { encode, decode } = flatLink(
  v.object({
    widths: v.optional(v.pipe(v.array(v.pipe(v.number(), v.integer())), v.minLength(1)), [3, 2]),
    rate: v.optional(v.pipe(v.number(), v.maxValue(1)), 0.1),
    name: v.optional(v.picklist(["one", "two"]), "one"),
    on: v.optional(v.boolean(), true),
    text: v.optional(v.string(), "usual"),
  }),
);
const usual = { widths: [3, 2], rate: 0.1, name: "one", on: true, text: "usual" } as const;

describe("a flat record in a link", () => {
  test("only what differs is written, and comes back", () => {
    expect(encode({ ...usual, widths: [3, 2] })).toBe("");
    const record = { widths: [8, 4, 1], rate: 0.25, name: "two", on: false, text: "a&b=c+d é" } as const;
    const query = encode({ ...record, widths: [...record.widths] });
    expect(query).toContain("widths=8,4,1&rate=0.25&name=two&on=false");
    expect(decode(query)).toEqual({ record, problems: [] });
    expect(decode(encode({ ...usual, widths: [3, 2], text: "" })).record.text).toBe("");
    const long = "long ".repeat(200);
    const packed = encode({ ...usual, widths: [3, 2], text: long });
    expect(packed.length).toBeLessThan(100);
    expect(decode(packed).record.text).toBe(long);
  });

  test.each([
    ["rate=2", "rate"],
    ["rate=abc", "rate"],
    ["rate=", "rate"],
    ["rate=Infinity", "rate"],
    ["widths=", "widths"],
    ["widths=3,x", "widths"],
    ["widths=1.5", "widths"],
    ["name=three", "name"],
    ["on=perhaps", "on"],
    ["colour=red", "colour"],
    ["text=z.damaged", "text"],
  ])("%s is refused in both languages, the rest kept", (query, name) => {
    const { record, problems } = decode(`${query}&rate=0.5`);
    expect(problems.length).toBe(1);
    expect(problems[0]!.en).toContain(name);
    expect(problems[0]!.zh).toContain(name);
    expect(record.rate).toBe(0.5);
    expect({ ...record, rate: 0.1 }).toEqual(usual);
  });

  test("the rooms' own records", () => {
    const digits = digitsLink.decode("hidden=30&activation=tanh&pictures=2000&seed=7");
    expect(settingOf(digits.record)).toEqual({
      hidden: [30],
      activation: "tanh",
      learningRate: 0.001,
      batchSize: 128,
      pictures: 2000,
      seed: 7,
    });
    expect(raceLink.decode("data=iris&together=false").record).toMatchObject({
      data: "iris",
      together: false,
    });
    expect(raceLink.decode("hidden=1,2,3,4,5,6,7").problems.length).toBe(1);
  });
});

describe("what stands on the pad, as text", () => {
  test("a test picture or strokes; anything else is none", () => {
    const images = Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 256);
    const sample = drawingFrom("test:1")!;
    expect(drawingText(sample)).toBe("test:1");
    expect(pictureOf(sample, images)).toEqual(images.slice(784));
    expect(pictureOf(sample, null)).toBeNull();
    expect(pictureOf({ kind: "sample", index: 2 }, images)).toBeNull();
    expect(drawingFrom("")).toEqual(EMPTY);
    expect(pictureOf(EMPTY, images)).toBeNull();
    for (const bad of ["test:", "test:x", "test:-1", "!"]) expect(drawingFrom(bad)).toBeNull();
  });
});

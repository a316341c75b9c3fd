/** Links: whatever a record says comes back, short where it can be; what is impossible is refused in words. */

import fc from "fast-check";
import { deflateSync } from "fflate";
import { describe, expect, it } from "vitest";
import { featureNames } from "../../studio/data/features.ts";
import { setNames } from "../../studio/data/sets.ts";
import {
  ACTIVATION_CHOICES,
  effective,
  experimentOf,
  type GivenExperiment,
  LOSS_CHOICES,
  OPTIMIZER_CHOICES,
} from "../../studio/state/experiment.ts";
import { pack, unpack } from "../../studio/state/pack.ts";
import { decode, encode } from "../../studio/state/url.ts";

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const settings = {
  optimizer: fc.record({
    name: fc.constantFrom(...OPTIMIZER_CHOICES),
    learningRate: between(0, 10),
    nesterov: fc.boolean(),
  }),
  batchSize: fc.integer({ min: 1, max: 500 }),
};
const given = fc.record(
  {
    data: fc.record(
      {
        kind: fc.constantFrom(...setNames, "drawn", "csv"),
        noise: between(0, 1),
        seed: fc.nat(),
        points: fc.array(fc.tuple(between(-2, 2), between(-2, 2), fc.integer({ min: 0, max: 3 })), {
          maxLength: 80,
        }),
        csv: fc.oneof(fc.constant("a,b,y\n1,2,猫\n"), fc.string({ unit: "binary", maxLength: 300 })),
      },
      { requiredKeys: [] },
    ),
    features: fc.uniqueArray(fc.constantFrom(...featureNames), { minLength: 1 }),
    layers: fc.array(
      fc.record({
        units: fc.integer({ min: 1, max: 64 }),
        activation: fc.constantFrom(...ACTIVATION_CHOICES),
        dropout: between(0, 0.9),
      }),
      { maxLength: 8 },
    ),
    loss: fc.constantFrom(...LOSS_CHOICES),
    ...settings,
    seed: fc.nat(),
    step: fc.nat(1e9),
    edits: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant("weight" as const),
          step: fc.nat(1e6),
          index: fc.nat(1000),
          value: between(-9, 9),
        }),
        fc.record({
          kind: fc.constant("settings" as const),
          step: fc.nat(1e6),
          settings: fc.record(settings),
        }),
      ),
      { maxLength: 5 },
    ),
  },
  { requiredKeys: [] },
);

describe("links", () => {
  it("bring every record back, to the bit", () => {
    fc.assert(
      fc.property(given, (part) => {
        const experiment = experimentOf(part as GivenExperiment);
        const decoded = decode(encode(experiment));
        expect(decoded.problems).toEqual([]);
        expect(decoded.experiment).toEqual(experiment);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("say only what differs from the defaults, readably", () => {
    expect(encode(experimentOf())).toBe("");
    expect(
      encode(
        experimentOf({
          data: { kind: "spirals", noise: 0.05 },
          features: ["x1", "sinPiX1"],
          layers: [
            { units: 8, activation: "relu" },
            { units: 4, dropout: 0.1 },
          ],
          optimizer: { learningRate: 0.01 },
          step: 250,
          edits: [
            { kind: "weight", step: 120, index: 17, value: -0.25 },
            { kind: "settings", step: 200, settings: { optimizer: { learningRate: 0.001 }, batchSize: 8 } },
          ],
        }),
      ),
    ).toBe(
      "data.kind=spirals&data.noise=0.05&optimizer.learningRate=0.01&step=250&features=x1,sinPiX1&layers=8:relu,4:tanh:0.1&edits=120:w17:-0.25;200:optimizer.learningRate:0.001,batchSize:8",
    );
  });

  it("are read against the defaults of a room", () => {
    const digits = experimentOf({ data: { kind: "mnist" }, layers: [{ units: 200 }] });
    expect(encode(digits, digits)).toBe("");
    expect(decode("", digits).experiment).toEqual(digits);
    const none = experimentOf({ data: { kind: "mnist" }, layers: [] });
    expect(decode(encode(none, digits), digits).experiment).toEqual(none);
  });

  it("deflate long lists of points", () => {
    const points = Array.from({ length: 400 }, (_, i) => [(i % 20) / 20, i / 400, i % 2] as const);
    const link = encode(experimentOf({ data: { kind: "drawn", points } }));
    expect(link).toMatch(/^data\.kind=drawn&data\.points=z\.[\w-]+$/);
    expect(link.length).toBeLessThan(2200);
    expect(decode(link).experiment.data.points).toEqual(points);
  });

  it.each([
    [
      "seed=abc",
      'Link: seed=abc: expected number, received "abc"; the default is used.',
      '链接：seed=abc：应为数，实际为 "abc"',
    ],
    ["data.noise=-1", "Link: data.noise=-1: expected >=0, received -1", "链接：data.noise=-1"],
    ["data.kind=nothing", "Link: data.kind=nothing: expected ", "链接：data.kind=nothing"],
    ["layers=8:tanh,0", "Link: layers=8:tanh,0: expected >=1, received 0", "链接：layers"],
    ["layers=8:soft", "Link: layers=8:soft: expected ", "链接：layers"],
    ["features=x1,x9", "Link: features=x1,x9: expected ", "链接：features"],
    ["edits=5:wat", "Link: edits=5:wat: expected ", "链接：edits"],
    ["edits=5:batchSize:-3", "Link: edits=5:batchSize:-3: expected >=1, received -3", "链接：edits"],
    ["colour=red", 'Link: there is no setting "colour"; it was left out.', "链接：没有名为“colour”的设置"],
    ["toString=1", 'Link: there is no setting "toString"', "链接：没有名为“toString”"],
    ["__proto__.x=1", "Link: there is no setting", "链接：没有名为"],
    ["data.csv=z.abc", "Link: the value of data.csv is damaged", "链接：data.csv 的值已损坏"],
    ["%E0%A4=1", "Link: there is no setting", "链接：没有名为"],
  ])("%s: that part is dropped in one sentence, the rest is kept", (query, en, zh) => {
    const { experiment, problems } = decode(`${query}&batchSize=8`);
    expect(problems).toHaveLength(1);
    expect(problems[0]!.en).toContain(en);
    expect(problems[0]!.zh).toContain(zh);
    expect(experiment).toEqual(experimentOf({ batchSize: 8 }));
  });

  it("several mistakes are several sentences", () => {
    expect(decode("seed=-1&step=x&batchSize=8").problems).toHaveLength(2);
  });
});

describe("packed texts", () => {
  it("come back, and are short", () => {
    const text = "x1,x2,y\n".repeat(500);
    expect(pack(text).length).toBeLessThan(100);
    expect(unpack(pack(text))).toBe(text);
    expect(unpack(pack("z.short"))).toBe("z.short");
  });

  it("that would fill the memory, or were cut off, are refused", () => {
    const bomb = `z.${Buffer.from(deflateSync(new Uint8Array(50_000_000))).toString("base64url")}`;
    expect(bomb.length).toBeLessThan(100_000);
    expect(unpack(bomb)).toBeNull();
    const text = pack(Array.from({ length: 300 }, (_, i) => i * 7919).join(";"));
    expect(unpack(text.slice(0, text.length / 2))).toBeNull();
  });
});

it("the settings of a step are those of the last edit before it", () => {
  const record = experimentOf({
    edits: [{ kind: "settings", step: 10, settings: { batchSize: 4 } }],
  });
  expect([0, 9, 10, 99].map((step) => effective(record, step).batchSize)).toEqual([32, 32, 4, 4]);
});

/** The data sets, features and pasted tables of the playground: made from a seed, in range, and refused in words. */
import { RandomState } from "papergrad";
import { gate, makeMoons } from "papergrad/data";
import { describe, expect, it } from "vitest";
import { FEATURES, featureColumns, featureNames } from "../../studio/data/features.ts";
import { SETS, setNames } from "../../studio/data/sets.ts";
import { readTable, scaledPoints } from "../../studio/data/table.ts";

describe("data sets", () => {
  it.each(setNames)("%s: as many points as asked, inside its range, the same for the same seed", (name) => {
    const set = SETS[name]!;
    const options = { samples: 120, noise: set.usual.noise, seed: 3 };
    const points = set.make(options);
    expect(points.x.length).toBe(240);
    expect(points.y.length).toBe(120);
    expect(set.make(options)).toEqual(points);
    const [x0, x1, y0, y1] = set.range;
    const inside = [...points.y.keys()].filter((i) => {
      const [a, b] = [points.x[2 * i]!, points.x[2 * i + 1]!];
      return a >= x0 && a <= x1 && b >= y0 && b <= y1;
    });
    expect(inside.length).toBeGreaterThan(0.97 * 120);
    if (points.classes > 0) {
      const seen = new Set(points.y);
      expect([...seen].every((c) => Number.isInteger(c) && c >= 0 && c < points.classes)).toBe(true);
      if (set.group !== "gates") expect(seen.size).toBe(points.classes);
    } else expect(new Set(points.y).size).toBeGreaterThan(100);
    expect(set.title.en).not.toBe("");
    expect(set.title.zh).not.toBe("");
  });

  it("noise moves points and draws other ones for another seed", () => {
    for (const name of setNames) {
      const make = (noise: number, seed: number) => SETS[name]!.make({ samples: 40, noise, seed });
      expect(make(0.1, 1), name).not.toEqual(make(0.1, 2));
      expect(make(0.1, 1), name).not.toEqual(make(0, 1));
    }
  });

  it("moons are scikit-learn's, a gate without noise is its truth table", () => {
    const moons = makeMoons({ samples: 1000, noise: 0.2, seed: 100 });
    expect(SETS.moons!.make({ samples: 1000, noise: 0.2, seed: 100 }).x).toEqual(moons.x.data);
    const table = gate("nand");
    const points = SETS["gate-nand"]!.make({ samples: 4, noise: 0, seed: 9 });
    expect(points.x).toEqual(table.x.data);
    expect([...points.y]).toEqual([...table.y]);
    expect(setNames.filter((name) => name.startsWith("gate-"))).toHaveLength(16);
  });
});

describe("features", () => {
  it("are what their symbols say", () => {
    const points = new RandomState(1).uniform(-2, 2, 40);
    const { shape, data } = featureColumns(featureNames, points);
    expect(shape).toEqual([20, featureNames.length]);
    const want: Record<string, (a: number, b: number) => number> = {
      "x₁": (a) => a,
      "x₂": (_, b) => b,
      "x₁²": (a) => a * a,
      "x₂²": (_, b) => b * b,
      "x₁x₂": (a, b) => a * b,
      "sin x₁": (a) => Math.sin(a),
      "sin x₂": (_, b) => Math.sin(b),
      "sin πx₁": (a) => Math.sin(Math.PI * a),
      "sin πx₂": (_, b) => Math.sin(Math.PI * b),
      "cos πx₁": (a) => Math.cos(Math.PI * a),
      "cos πx₂": (_, b) => Math.cos(Math.PI * b),
      "|x₁|": (a) => Math.abs(a),
      "|x₂|": (_, b) => Math.abs(b),
      r: (a, b) => Math.hypot(a, b),
    };
    for (const [c, name] of featureNames.entries())
      for (let i = 0; i < 20; i++)
        expect(data[i * featureNames.length + c]).toBeCloseTo(
          want[FEATURES[name].symbol]!(points[2 * i]!, points[2 * i + 1]!),
          13,
        );
  });
});

describe("a pasted table", () => {
  it("has labels in order, numbers as classes or values, with or without header, with tabs", () => {
    const dogs = readTable("a,b,kind\n1,2,dog\n3,4,cat\n").points!;
    expect(dogs).toMatchObject({ classes: 2, labels: ["cat", "dog"], columns: ["a", "b", "kind"] });
    expect([...dogs.y]).toEqual([1, 0]);
    const bare = readTable("1\t2\t10\n3\t4\t2\n5\t6\t10").points!;
    expect([...bare.x]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bare.labels).toEqual(["2", "10"]);
    expect([...bare.y]).toEqual([1, 0, 1]);
    const values = readTable("a;b;t\n1;2;0.5\n3;4;1.25").points!;
    expect(values.classes).toBe(0);
    expect([...values.y]).toEqual([0.5, 1.25]);
  });

  it.each([
    ["a,b\n1,2\n3,4", /three columns.*received 2: a, b/, /三列.*2 列：a、b/],
    ["a,b,c\n1,2,x\n1,two,y", /line 3, column b: expected a number, received "two"/, /第 3 行，“b”列.*"two"/],
    ["1,2,x\n1,two,y", /line 2, column x2/, /第 2 行，“x2”列/],
    ["1,2,x\n1,2", /line 2: expected 3 cells/, /第 2 行：应与表头一样有 3 个单元格，实际为 2 个/],
    [
      'a,b,c\n"1,2,x',
      /line 2: expected a comma.*Close the quote/,
      /第 2 行：单元格之后应是逗号或行尾，实际为 ".*补上右引号/,
    ],
    ["a,b,c\n1,2,x\n1,,y", /line 3, column b: .*an empty cell/, /第 3 行，“b”列.*空单元格/],
    ["a,b,c\n1,2,x\n1,2,", /line 3, column c: expected a label/, /第 3 行，“c”列/],
    ["a,b,c\n1,2,x", /2 to 2000 rows of data, received 1/, /2 到 2000 行数据，实际为 1 行/],
    ["a,a,c\n1,2,x\n1,2,y", /different column names/, /各不相同/],
    ["", /expected a header line/, /^CSV：应有表头和数据，实际没有任何内容/],
    [
      `a,b,c\n${Array.from({ length: 12 }, (_, i) => `1,2,k${i}`).join("\n")}`,
      /at most 10 different labels, received 12/,
      /最多 10 种，实际为 12 种/,
    ],
  ])("%j is refused in both languages", (text, en, zh) => {
    const { points, problem } = readTable(text);
    expect(points).toBeNull();
    expect(problem!.en).toMatch(en);
    expect(problem!.zh).toMatch(zh);
  });

  it("is scaled to −1…1 column by column", () => {
    const points = scaledPoints({
      x: Float64Array.of(10, 7, 30, 7, 20, 7),
      y: Float64Array.of(0, 1, 0),
      classes: 2,
    });
    expect([...points.x]).toEqual([-1, 0, 1, 0, 0, 0]);
    const huge = { x: Float64Array.of(-1.5e308, 1, 1.5e308, 1), y: Float64Array.of(0, 1), classes: 2 };
    expect([...scaledPoints(huge).x]).toEqual([-1, 0, 1, 0]);
  });
});

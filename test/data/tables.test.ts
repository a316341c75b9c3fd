import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnMatrix, gate, gateNames, iris, parseCsv, readIrisCsv } from "../../src/data/index.ts";
import { FormatError, UsageError } from "../../src/tensor/errors.ts";
import { golden } from "../random/golden.ts";

describe("gates", () => {
  test("sixteen different tables, and not", () => {
    const answers = gateNames.slice(0, -1).map((name) => gate(name).y.join(""));
    expect(new Set(answers).size).toBe(16);
    expect(gate("not")).toEqual({
      x: { shape: [2, 1], data: Float64Array.of(0, 1) },
      y: Int32Array.of(1, 0),
    });
  });

  test("each two-input gate does what its name says", () => {
    const rules: Record<string, (a: boolean, b: boolean) => boolean> = {
      false: () => false,
      true: () => true,
      and: (a, b) => a && b,
      or: (a, b) => a || b,
      xor: (a, b) => a !== b,
      nand: (a, b) => !(a && b),
      nor: (a, b) => !(a || b),
      xnor: (a, b) => a === b,
      a: (a) => a,
      b: (_, b) => b,
      "not-a": (a) => !a,
      "not-b": (_, b) => !b,
      "a-and-not-b": (a, b) => a && !b,
      "b-and-not-a": (a, b) => b && !a,
      "a-or-not-b": (a, b) => a || !b,
      "b-or-not-a": (a, b) => b || !a,
    };
    for (const name of gateNames.slice(0, -1)) {
      const { x, y } = gate(name);
      for (let r = 0; r < 4; r++)
        expect([name, r, y[r]]).toEqual([
          name,
          r,
          Number(rules[name]!(x.data[2 * r] === 1, x.data[2 * r + 1] === 1)),
        ]);
    }
  });

  test("an unknown name lists the known ones", () => {
    expect(() => gate("nxor" as "nor")).toThrow(UsageError);
    expect(() => gate("toString" as "nor")).toThrow("xnor");
  });
});

describe("iris", () => {
  const reference = golden("data.json").iris;

  test("Fisher's table is scikit-learn's", () => {
    const { x, y, classNames } = iris();
    expect(x).toEqual({ shape: [150, 4], data: Float64Array.from(reference.x.flat()) });
    expect([...y]).toEqual(reference.y);
    expect(classNames).toHaveLength(3);
  });

  test("Kaggle's differs in flowers 35 and 38 only", () => {
    const [fisher, kaggle] = [iris({ variant: "fisher" }).x.data, iris({ variant: "kaggle" }).x.data];
    const differing = [...fisher.keys()].filter((i) => fisher[i] !== kaggle[i]);
    expect(differing).toEqual([34 * 4 + 3, 37 * 4 + 1, 37 * 4 + 2]);
    expect([...kaggle.slice(34 * 4, 35 * 4)]).toEqual([4.9, 3.1, 1.5, 0.1]);
    expect([...kaggle.slice(37 * 4, 38 * 4)]).toEqual([4.9, 3.1, 1.5, 0.1]);
    expect(() => iris({ variant: "uci" as "kaggle" })).toThrow(UsageError);
  });

  const header = "Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species";

  test("Iris.csv is read back to the same table", () => {
    const { x, y, classNames } = iris({ variant: "kaggle" });
    const lines = [...y].map((label, i) => [
      i + 1,
      ...x.data.slice(4 * i, 4 * i + 4),
      `Iris-${classNames[label]}`,
    ]);
    const text = `${[header, ...lines.map(String)].join("\r\n")}\r\n`;
    expect(readIrisCsv(text)).toEqual(iris({ variant: "kaggle" }));
    expect(readIrisCsv(`\uFEFF${text}`).x).toEqual(x);
  });

  test.each([
    ["a missing column", "Id,Species\n1,Iris-setosa", 'line 1: expected a column "SepalLengthCm"'],
    ["an unknown species", `${header}\n1,1,2,3,4,Iris-alba`, "line 2: expected Species"],
    [
      "a word for a number",
      `${header}\n1,1,2,3,4,setosa\n\n2,1,two,3,4,setosa`,
      "line 4, column SepalWidthCm",
    ],
    ["an empty cell", `${header}\n1,,2,3,4,setosa`, "received an empty cell"],
    ["a short row", `${header}\n1,2,3`, "line 2: expected 6 cells as in the header, received 3"],
    ["nothing", "", "received no text"],
  ])("%s is refused with its line", (_, text, message) => {
    expect(() => readIrisCsv(text)).toThrow(FormatError);
    expect(() => readIrisCsv(text)).toThrow(message);
  });
});

describe("csv", () => {
  test("quotes, doubled quotes, separators and line breaks inside quotes", () => {
    const table = parseCsv('a,"b, c"\r\n"say ""hi""","two\nlines"\r\n\r\n 1 ,2');
    expect(table.header).toEqual(["a", "b, c"]);
    expect(table.rows).toEqual([
      ['say "hi"', "two\nlines"],
      ["1", "2"],
    ]);
    expect(table.lines).toEqual([2, 5]);
  });

  test("an empty last cell counts", () => {
    expect(parseCsv("a,b\n1,\n,2\n").rows).toEqual([
      ["1", ""],
      ["", "2"],
    ]);
    expect(parseCsv("a,b\n1,").rows).toEqual([["1", ""]]);
  });

  test("a quote that is not closed names its line", () => {
    expect(() => parseCsv('a,b\n1,2\n"3,4\n')).toThrow("line 3");
    expect(() => parseCsv('a,b\n"1"x,2')).toThrow(FormatError);
  });

  test("columns are taken by name, in the order asked for", () => {
    const table = parseCsv("a,b,c\n1,2,3\n4,5,6e-1");
    expect(columnMatrix(table, ["c", "a"])).toEqual({ shape: [2, 2], data: Float64Array.of(3, 1, 0.6, 4) });
    for (const cell of ["NaN", "Infinity", "1,5", "0x"])
      expect(() => columnMatrix(parseCsv(`a\n"${cell}"`))).toThrow("line 2, column a");
  });

  test("any quoted cells come back", () => {
    const cells = fc.array(fc.string(), { minLength: 2, maxLength: 2 });
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 8 }), (rows) => {
        const text = [["h1", "h2"], ...rows].map((row) => row.map(quote).join(",")).join("\n");
        expect(parseCsv(text).rows).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });
});

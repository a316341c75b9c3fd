import { describe, expect, test } from "vitest";
import { clock, digits, duration, loss, short } from "../../src/cli/numbers.ts";
import { textTable } from "../../src/cli/table.ts";
import { cut, pad, widthOf, wrap } from "../../src/cli/width.ts";

test("widths in cells", () => {
  expect(widthOf("loss")).toBe(4);
  expect(widthOf("损失 loss")).toBe(9);
  expect(widthOf("，！")).toBe(4);
  expect(widthOf("x\u0304")).toBe(1);
  expect(pad("损失", 6)).toBe("损失  ");
  expect(pad("损失", 6, "right")).toBe("  损失");
  expect(cut("损失函数", 5)).toBe("损失…");
  expect(cut("loss", 4)).toBe("loss");
});

test("wrapping keeps to the width, loses nothing, and no line begins with a comma", () => {
  for (const text of [
    "weights after 200,000 steps, the number in the text",
    "两万步（正文所写步数）后的权重，与印出的数值相同。",
    "averyveryverylongwordwithoutblanks",
    "混合 mixed 文字 text，以及 more",
  ])
    for (const width of [6, 10, 17, 80]) {
      const lines = wrap(text, width);
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/^[，。）]/);
      }
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }
});

describe("tables", () => {
  const columns = [
    { head: "程序" },
    { head: "what", flexible: true },
    { head: "n", align: "right" },
  ] as const;
  const rows = [
    ["xor", "训练准确率", "1"],
    ["iris", "loss", "1000"],
  ];

  test("columns begin at the same cell, wide characters or not", () => {
    const lines = textTable(columns, rows, 80).trimEnd().split("\n");
    expect(lines[0]).toBe("程序  what           n");
    expect(lines[1]).toBe("────  ──────────  ────");
    expect(lines[2]).toBe("xor   训练准确率     1");
    expect(lines[3]).toBe("iris  loss        1000");
    expect(new Set(lines.map(widthOf))).toEqual(new Set([22]));
  });

  test("a flexible column is wrapped until the table fits", () => {
    const long = [["xor", "训练准确率，四个样本都正确时为百分之百", "1"]];
    const lines = textTable(columns, long, 30).trimEnd().split("\n");
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(30);
    expect(lines.length).toBeGreaterThan(3);
  });

  test("no rows: the head alone", () => {
    expect(textTable(columns, [], 80).split("\n")[0]).toBe("程序  what  n");
  });
});

test("numbers for people", () => {
  expect([short(12_345), short(999_900), short(2.5e6), short(3.125), short(120)]).toEqual([
    "12.3k",
    "999.9k",
    "2.50M",
    "3.1",
    "120",
  ]);
  expect([duration(4.21), duration(59.96), duration(65)]).toEqual(["4.2 s", "1:00", "1:05"]);
  expect(clock(7)).toBe("0:07");
  expect([loss(0.123456), loss(1e-7), loss(Number.NaN), loss(0)]).toEqual([
    "0.1235",
    "1.0e-7",
    "NaN",
    "0.000",
  ]);
  expect([digits(16), digits(15.99), digits(12.34)]).toEqual(["16", "15.9", "12.3"]);
});

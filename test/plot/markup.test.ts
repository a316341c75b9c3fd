import { expect, it } from "vitest";
import { base64, escapeXml } from "../../src/plot/index.ts";
import { num, textWidth } from "../../src/plot/svg.ts";
import { readMarkup } from "./markup.ts";

it("the tests' own reader refuses what is not well formed", () => {
  for (const bad of [
    "<a><b></a></b>",
    "<a",
    "<a>",
    "</a>",
    '<a x="1" x="2"/>',
    "<a x=1/>",
    "a & b",
    "<a>1 < 2</a>",
    '<a x="&"/>',
  ])
    expect(() => readMarkup(bad), bad).toThrow();
  expect(readMarkup('<a id="q">x &amp; <b/></a>').ids).toEqual(["q"]);
});

it("escapes markup, and replaces what XML forbids", () => {
  expect(escapeXml(`<a b="c" d='e'>&`)).toBe("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
  expect(escapeXml("a\0b\ud800c\u{1f600}\n")).toBe("a\ufffdb\ufffdc\u{1f600}\n");
});

it("writes base64 as Node does, for every remainder", () => {
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 97 + length * 31) & 255);
    expect(base64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  }
});

it("writes numbers in one form", () => {
  expect([1.005, -0.001, 1 / 3, 12].map(num)).toEqual(["1", "0", "0.33", "12"]);
  expect(textWidth("损失", 10)).toBe(20);
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Block, gif, gifDataUri, htmlReport, lineChart, png, pngDataUri } from "../../src/plot/index.ts";
import { REPORT_SCRIPT, REPORT_SCRIPT_HASH, REPORT_STYLE } from "../../src/plot/report-style.ts";
import { readMarkup } from "./markup.ts";

const pixel = { width: 1, height: 1, rgba: Uint8Array.from([1, 2, 3, 255]) };
const nasty = { en: `a < b & "c" <script>`, zh: `甲 < 乙 & "丙" <script>` };
const chart = (title: string) =>
  lineChart({
    title,
    series: [
      {
        name: "s",
        points: [
          [0, 1],
          [1, 2],
        ],
      },
    ],
  });
const blocks: Block[] = [
  { kind: "paragraph", ...nasty },
  { kind: "formula", text: "dW = X.T @ dz" },
  { kind: "formula", text: "x", mathml: "<math><mi>x</mi><mo>&lt;</mo><mn>1</mn></math>" },
  {
    kind: "table",
    caption: nasty,
    columns: [nasty, "n"],
    rows: [
      [nasty, 1.5],
      [
        { text: "ok", tone: "good" },
        { text: 2, tone: "bad" },
      ],
      ["short"],
    ],
  },
  { kind: "figure", alt: nasty, caption: nasty, svg: { en: chart("loss"), zh: chart("损失") } },
  { kind: "figure", alt: "p", pngDataUri: pngDataUri(png(pixel)) },
  { kind: "figure", alt: nasty, gifDataUri: gifDataUri(gif([pixel])) },
  { kind: "pre", text: "a\n  b <c>" },
  { kind: "details", summary: nasty, blocks: [{ kind: "note", id: "E<1>", class: "A", text: nasty }] },
];
const report = (language: "en" | "zh" | "both", content = blocks) =>
  htmlReport({
    title: nasty,
    lead: nasty,
    language,
    sections: [
      { id: "one", heading: nasty, blocks: content },
      { id: "two", heading: { en: "Two", zh: "二" }, blocks: [] },
    ],
  });

describe("htmlReport", () => {
  it("is well formed and escaped, with unique ids, the same twice", () => {
    for (const language of ["en", "zh", "both"] as const) {
      const html = report(language);
      const { ids, counts } = readMarkup(html);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(["one", "two"]));
      expect(counts.get("script") ?? 0).toBe(language === "both" ? 1 : 0);
      expect(counts.get("figure")).toBe(3);
      expect(report(language)).toBe(html);
    }
  });

  it("holds one language, or both with a switch", () => {
    expect(readMarkup(report("en")).text).not.toMatch(/[\u4e00-\u9fff]/);
    const zh = readMarkup(report("zh")).text;
    expect(zh).toContain("甲 &lt; 乙");
    expect(zh).toContain("目录");
    expect(zh).not.toContain("a &lt; b");
    const both = report("both");
    expect(both).toContain('lang="zh-Hans"');
    expect(both).toContain('class="languages"');
    expect(report("zh")).toContain('<html lang="zh-Hans">');
  });

  it("asks for nothing outside itself and runs only its own script", () => {
    const html = report("both");
    const addresses = [...html.matchAll(/\b(?:src|href)="([^"]*)"/g)].map((m) => m[1]!);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) expect(address).toMatch(/^(#|data:image\/(png|gif);base64,)/);
    expect(REPORT_STYLE).not.toMatch(/url\(|@import/);
    const hash = createHash("sha256").update(REPORT_SCRIPT).digest("base64");
    expect(REPORT_SCRIPT_HASH).toBe(`sha256-${hash}`);
    expect(html).toContain(`script-src &#39;sha256-${hash}&#39;`.replace(/&#39;/g, "'"));
    expect(html).toContain(`<script>${REPORT_SCRIPT}</script>`);
  });

  it("refuses markup that could run code or fetch something", () => {
    const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`;
    for (const inside of [
      "<script>1</script>",
      '<rect onclick="1"/>',
      '<image href="https://example.org/a.png"/>',
      '<a xlink:href="javascript:1">x</a>',
      "<style>@import 'x'</style>",
      '<rect fill="url(https://example.org/)"/>',
      "<foreignObject/>",
    ])
      expect(() => report("en", [{ kind: "figure", alt: "", svg: svg(inside) }]), inside).toThrow(
        /without scripts or outside addresses/,
      );
    expect(() => report("en", [{ kind: "figure", alt: "", svg: "<img/>" }])).toThrow(/must be an <svg>/);
    expect(() => report("en", [{ kind: "formula", text: "", mathml: "<b>x</b>" }])).toThrow(
      /must be an <math>/,
    );
    expect(() =>
      report("en", [{ kind: "figure", alt: "", pngDataUri: 'data:image/png;base64,"><b>' }]),
    ).toThrow(/pngDataUri must be/);
    expect(() => report("en", [{ kind: "figure", alt: "" }])).toThrow(/exactly one/);
    // Text that merely speaks of such things is fine.
    const talk = lineChart({ title: 'set onclick="x" and href="https://example.org"', series: [] });
    expect(report("en", [{ kind: "figure", alt: "", svg: talk }])).toContain("onclick");
  });

  it("refuses ids that are none or come twice", () => {
    const section = (id: string) => ({ id, heading: { en: "h", zh: "题" }, blocks: [] });
    for (const ids of [["a b"], ["1"], ["x", "x"], ['"']])
      expect(() => htmlReport({ title: "t", sections: ids.map(section) })).toThrow(/id must be/);
    expect(readMarkup(htmlReport({ title: "t", sections: [] })).counts.get("nav")).toBeUndefined();
  });
});

import { decode } from "fast-png";
import { describe, expect, it } from "vitest";
import { diverging, inkOn, probabilityColor, sequential } from "../../src/plot/color-scale.ts";
import { shortNumber } from "../../src/plot/heat-map.ts";
import { confusionMatrix, heatMap, imageGrid, networkDiagram } from "../../src/plot/index.ts";
import { readSvg, sequence } from "./markup.ts";

const pngs = (svg: string) =>
  [...svg.matchAll(/href="data:image\/png;base64,([^"]+)"/g)].map((m) =>
    decode(Buffer.from(m[1]!, "base64")),
  );

describe("colours", () => {
  it("are centred at zero, and blue below it", () => {
    expect(diverging(0)).toEqual([247, 247, 245]);
    expect(diverging(-1)[2]).toBeGreaterThan(diverging(-1)[0]);
    expect(diverging(1)[0]).toBeGreaterThan(diverging(1)[2]);
    expect(diverging(-5)).toEqual(diverging(-1));
    expect(sequential(0)[0]).toBeGreaterThan(sequential(1)[0]);
    expect(probabilityColor(0.2)[2]).toBeGreaterThan(probabilityColor(0.8)[2]);
    expect([inkOn([255, 255, 255]), inkOn([0, 0, 80])]).toEqual(["#15191e", "#ffffff"]);
  });
});

describe("heatMap", () => {
  it("writes numbers shortly", () => {
    expect([-0.012345, 0, 12, 1.5, 123456, 1e-9, NaN, -Infinity].map(shortNumber)).toEqual([
      "−0.0123",
      "0",
      "12",
      "1.50",
      "1.2e5",
      "1.0e−9",
      "NaN",
      "−∞",
    ]);
  });
  it("draws cells centred at zero, marks what is not finite, the same twice", () => {
    const options = {
      title: "W < 1",
      values: [
        [1, -1],
        [0, NaN],
      ],
      numbers: true,
      rowLabels: ["a", "b"],
      columnLabels: ["<", "&"],
    };
    const svg = heatMap(options);
    const { text } = readSvg(svg);
    expect(text).toContain("1 value not finite");
    expect(svg).toContain('fill="#f7f7f5"'); // the zero
    expect(svg).toContain('fill="#a0a0a0"'); // the NaN
    expect(heatMap(options)).toBe(svg);
  });
  it("draws large matrices as one PNG with a pixel for each cell", () => {
    const data = Float64Array.from({ length: 70 * 60 }, (_, i) => (i === 61 ? 2 : i === 0 ? -2 : 0));
    const [image] = pngs(heatMap({ values: { shape: [70, 60], data } }));
    expect([image!.width, image!.height]).toEqual([60, 70]);
    expect([...image!.data.slice(0, 3)]).toEqual([...diverging(-1)]);
    expect([...image!.data.slice(61 * 4, 61 * 4 + 3)]).toEqual([...diverging(1)]);
  });
  it("draws empty, constant and one-cell matrices; refuses labels that do not fit", () => {
    expect(readSvg(heatMap({ values: [] })).text).toContain("no data");
    readSvg(heatMap({ values: [[0]], numbers: true }));
    readSvg(heatMap({ values: [[Number.MAX_VALUE, -Number.MAX_VALUE]], palette: "sequential" }));
    expect(() => heatMap({ values: [[1, 2]], columnLabels: ["a"] })).toThrow(/columnLabels has 1 entries/);
  });
});

describe("confusionMatrix", () => {
  it("shows counts and shares of the row; an empty class has 0 %", () => {
    const { text } = readSvg(
      confusionMatrix({
        title: "t",
        counts: [
          [3, 1],
          [0, 0],
        ],
        classNames: ["cat", "<dog>"],
      }),
    );
    expect(text).toContain("75.0%");
    expect(text).toContain("25.0%");
    expect(text).toContain("0.0%");
    expect(text).toContain("&lt;dog&gt;");
    expect(readSvg(confusionMatrix({ counts: [[1]], language: "zh" })).text).toContain("预测类别");
    expect(() => confusionMatrix({ counts: [[1, 2]] })).toThrow(/square, received \[1,2\]/);
  });
});

describe("imageGrid", () => {
  const ramp = Float64Array.from({ length: 6 }, (_, i) => i / 5);
  it("embeds every image as it is, row after row or column after column", () => {
    const rows = pngs(imageGrid({ images: [{ pixels: ramp }], imageWidth: 3, imageHeight: 2 }));
    expect([...rows[0]!.data]).toEqual([0, 51, 102, 153, 204, 255]);
    const columns = pngs(
      imageGrid({ images: [{ pixels: ramp }], imageWidth: 3, imageHeight: 2, order: "columns" }),
    );
    expect([...columns[0]!.data]).toEqual([0, 102, 204, 51, 153, 255]);
    const scaled = pngs(
      imageGrid({
        images: [{ pixels: [-9, 0, 127.5, 255, 999, 51] }],
        imageWidth: 3,
        imageHeight: 2,
        range: [0, 255],
      }),
    );
    expect([...scaled[0]!.data]).toEqual([0, 0, 128, 255, 255, 51]);
  });
  it("marks right and wrong with more than colour", () => {
    const images = [
      { pixels: ramp, caption: "7", tone: "good" },
      { pixels: ramp, caption: "4 <9>", tone: "bad" },
    ] as const;
    const svg = imageGrid({ title: "t", images, imageWidth: 3, imageHeight: 2 });
    const { text, counts } = readSvg(svg);
    expect(text).toContain("✓ 7");
    expect(text).toContain("✗ 4 &lt;9&gt;");
    expect(counts.get("image")).toBe(2);
    expect(imageGrid({ title: "t", images, imageWidth: 3, imageHeight: 2 })).toBe(svg);
  });
  it("counts pixels that are not finite; refuses wrong sizes; draws none", () => {
    expect(readSvg(imageGrid({ images: [{ pixels: [NaN] }], imageWidth: 1, imageHeight: 1 })).text).toContain(
      "1 value not finite",
    );
    expect(() => imageGrid({ images: [{ pixels: [1, 2] }], imageWidth: 2, imageHeight: 2 })).toThrow(
      /image 0 has 2 values, 2 × 2 pixels need 4/,
    );
    expect(() => imageGrid({ images: [], imageWidth: 0, imageHeight: 2 })).toThrow(/imageWidth/);
    expect(() => imageGrid({ images: [], imageWidth: 2, imageHeight: 2, range: [1, 1] })).toThrow(/range/);
    expect(readSvg(imageGrid({ images: [], imageWidth: 2, imageHeight: 2 })).text).toContain("no data");
  });
});

describe("networkDiagram", () => {
  it("draws a line for each weight, wider for larger, dashed for negative", () => {
    const svg = networkDiagram({
      title: "AND",
      layers: [
        { size: 2, name: "in", unitLabels: ["x<", "y"] },
        { size: 1, name: "out" },
      ],
      weights: [[[2], [-1]]],
      biases: [[0.5]],
      numbers: true,
    });
    const { text, counts } = readSvg(svg);
    expect(counts.get("line")).toBe(2 + 2); // weights, legend
    expect(svg).toMatch(/stroke-width="5" stroke-opacity="0.85"\/>/);
    expect(svg).toMatch(/stroke-width="2.8" stroke-opacity="0.6" stroke-dasharray="7 4"/);
    expect(text).toContain("0.500");
    expect(text).toContain("x&lt;");
  });
  it("shortens tall layers and survives weights that are zero or not finite", () => {
    const next = sequence(5);
    const weights = [
      { shape: [3, 40] as const, data: Float64Array.from({ length: 120 }, () => next() - 0.5) },
    ];
    const { counts, text } = readSvg(
      networkDiagram({ layers: [{ size: 3 }, { size: 40 }], weights, maxUnits: 10 }),
    );
    expect(counts.get("circle")).toBe(3 + 9);
    expect(counts.get("line")).toBe(3 * 9 + 2);
    expect(text).toContain("⋮");
    readSvg(networkDiagram({ layers: [{ size: 1 }, { size: 1 }], weights: [[[0]]] }));
    expect(
      readSvg(networkDiagram({ layers: [{ size: 1 }, { size: 1 }], weights: [[[NaN]]] })).text,
    ).toContain("1 value not finite");
  });
  it("refuses kernels that do not fit", () => {
    expect(() => networkDiagram({ layers: [{ size: 2 }, { size: 1 }], weights: [[[1, 2]]] })).toThrow(
      /kernel 0 must be \[2, 1\]/,
    );
    expect(() => networkDiagram({ layers: [{ size: 2 }], weights: [] })).toThrow(/two layers/);
    expect(() =>
      networkDiagram({ layers: [{ size: 1 }, { size: 1 }], weights: [[[1]]], biases: [[1, 2]] }),
    ).toThrow(/bias 0/);
  });
});

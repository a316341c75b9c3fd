/** What the Digits and Race rooms make of numbers before they are drawn, and of a typed list of layers. */
import { describe, expect, test } from "vitest";
import { lossPlaces } from "../../studio/digits/loss-places.ts";
import { inkShade, paintTiles, signedShade, tiling } from "../../studio/digits/paint.ts";
import { PALETTES } from "../../studio/draw/palette.ts";
import { apart } from "../../studio/race/course.ts";
import { largestAboveZero, mean, stretches, stretchLength } from "../../studio/ui/stretches.ts";
import { widthsFrom } from "../../studio/ui/widths.ts";

const { light } = PALETTES;

describe("pictures of numbers", () => {
  test("signed values: paper at 0, the ends at the largest magnitude and beyond", () => {
    const shade = signedShade(light, 2);
    expect(shade(0)).toBe(light.strong[127]);
    expect([shade(2), shade(5)]).toEqual([light.strong[254], light.strong[254]]);
    expect([shade(-2), shade(-5)]).toEqual([light.strong[0], light.strong[0]]);
    expect(signedShade(light, 0)(0)).toBe(light.strong[127]);
  });

  test("ink: from paper to ink, and never outside", () => {
    const shade = inkShade(light, 255);
    const bytes = (pixel: number) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
    const hex = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    expect(bytes(shade(0))).toEqual(hex(light.paper));
    expect(bytes(shade(255))).toEqual(hex(light.ink));
    expect([shade(-9), shade(900)]).toEqual([shade(0), shade(255)]);
  });

  test("tiles lie in rows with gaps of a pixel, each against its own largest value", () => {
    const tiles = tiling(3, 2, 2);
    expect(tiles).toEqual({ side: 2, across: 2, width: 5, height: 5 });
    const pixels = new Uint32Array(25);
    paintTiles(pixels, tiles, Float32Array.of(1, 0, 0, 0, 0, -10, 0, 0, 0, 0, 0, 0.5), light);
    const [low, middle, high] = [light.strong[0]!, light.strong[127]!, light.strong[254]!];
    expect([...pixels]).toEqual(
      [
        [high, middle, 0, middle, low],
        [middle, middle, 0, middle, middle],
        [0, 0, 0, 0, 0],
        [middle, middle, 0, 0, 0],
        [middle, high, 0, 0, 0],
      ].flat(),
    );
  });
});

describe("curves", () => {
  test("stretches: every step counts once, a gap where there is none", () => {
    const values = Float64Array.of(1, 3, 5, 7, 9);
    expect(stretches(values, 2, 4, mean)).toEqual([2, 6, 9, null]);
    expect(stretches(Float64Array.of(0, 0, 2, 1), 2, 2, largestAboveZero)).toEqual([null, 2]);
    expect([stretchLength(0), stretchLength(300), stretchLength(301)]).toEqual([1, 1, 2]);
  });

  test("losses and test accuracies share one list of steps", () => {
    const tests = [
      { step: 0, accuracy: 0.1, loss: 2 },
      { step: 2, accuracy: 0.9, loss: 1 },
    ];
    expect(lossPlaces(Float32Array.of(3, 1), tests)).toEqual({
      x: [0, 0.5, 1.5, 2],
      loss: [null, 3, 1, null],
      accuracy: [10, null, null, 90],
    });
  });

  test("how far two lists are apart, over what both have", () => {
    expect(apart([1, 2, 3, 9], [1, 2.5, 2.75])).toEqual({ most: 0.5, at: 1 });
    expect(apart([1, 1], [1, 1])).toEqual({ most: 0, at: 0 });
    expect(apart([], [1])).toEqual({ most: 0, at: -1 });
  });
});

test("a typed list of widths, separated by commas of both scripts or spaces", () => {
  expect(widthsFrom(" 25,50 , 50，25、1", 6, 256)).toEqual([25, 50, 50, 25, 1]);
  for (const bad of ["", "0", "1.5", "300", "a", "1,2,3,4,5,6,7"]) expect(widthsFrom(bad, 6, 256)).toBeNull();
});

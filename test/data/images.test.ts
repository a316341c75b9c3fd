import { decode } from "fast-png";
import { expect, test } from "vitest";
import { toGrey } from "../../src/data/index.ts";
import { golden } from "../random/golden.ts";

const { cases } = golden("png_grey.json");
const bytes = (base64: string) => Uint8Array.from(Buffer.from(base64, "base64"));

test.each(cases as { name: string; png: string; grey: string }[])(
  "$name as OpenCV reads it",
  ({ png, grey }) => {
    expect(toGrey(decode(bytes(png)))).toEqual(bytes(grey));
  },
);

test("other depths and channels are refused", () => {
  const picture = { width: 1, height: 1, depth: 8, channels: 5, data: new Uint8Array(5) };
  expect(() => toGrey(picture)).toThrow("5 channels of 8 bits");
  expect(() => toGrey({ ...picture, channels: 1, depth: 3 })).toThrow("1 channels of 3 bits");
});

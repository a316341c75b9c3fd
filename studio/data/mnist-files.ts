/**
 * MNIST out of its four files, for every room. What is wrong with one of them is said in the reader's language: which
 * file, from which byte on, and what to do. The library has read it and speaks English.
 */
import { FormatError } from "papergrad";
import { type Mnist, type MnistFiles, mnistFromIdx } from "papergrad/data";
import { Refusal } from "./refusal.ts";

const PARTS: Readonly<Record<string, string>> = {
  "train images": "训练图像",
  "train labels": "训练标签",
  "test images": "测试图像",
  "test labels": "测试标签",
};

/** The digits. @throws {Refusal} if a file is none of MNIST's. */
export function readMnist(files: MnistFiles): Mnist {
  try {
    return mnistFromIdx(files);
  } catch (error) {
    if (error instanceof FormatError) throw new Refusal({ en: error.message, zh: inChinese(error) });
    throw error;
  }
}

function inChinese({ message, offset = 0 }: FormatError): string {
  const part = PARTS[/^mnist: (\w+ \w+)/.exec(message)?.[1] ?? ""] ?? "数据";
  return `MNIST：${part}文件从第 ${offset} 字节起不对：${fault(message)}`;
}

function fault(message: string): string {
  const received = /received (\d+)/.exec(message)?.[1] ?? "";
  const expected = /expected (\d+)/.exec(message)?.[1] ?? "";
  if (message.includes("cut short"))
    return `应有 ${expected} 字节，实际只有 ${received} 字节，文件不完整。请重新获取。`;
  if (message.includes("one for each image"))
    return `每张图像应有一个标签，共 ${expected} 个，实际为 ${received} 个。请选择配套的文件。`;
  if (message.includes("expected the end"))
    return `文件本应到此结束，却还多出 ${received} 字节。请重新获取。`;
  if (message.includes("expected unsigned bytes"))
    return "内容的类型或维数不符，图像文件与标签文件可能弄反了。请选择正确的文件。";
  return "这不是 IDX 文件。请选择 MNIST 的原始文件。";
}

/** The options and the help of `papergrad doctor`. Data only. */
import type { CommandSpec } from "./commands.ts";

export const doctorSpec: CommandSpec = {
  name: "doctor",
  usage: "PROGRAM|FILE.csv [options]",
  summary: {
    en: "Train for a while and say what is wrong, where, and what to change",
    zh: "训练一段时间，指出哪里有问题、该怎样改",
  },
  about: {
    en: "Trains one of the programs, or a network on a table of your own, and reports: the first NaN with its operation and sample, dead and saturated units, unscaled columns, labels and classes, a learning rate too high or too low, a loss that stands still. Exit code 1 if something makes training impossible.",
    zh: "训练一个教程程序，或在你自己的表格上训练一个网络，然后报告：第一个 NaN 出自哪个运算、哪个样本，死亡和饱和的单元，未缩放的列，标签与类别，学习率过大或过小，损失停滞。若有问题使训练无法进行，退出码为 1。",
  },
  options: [
    {
      name: "target",
      value: "last|NAME",
      text: { en: "Column to predict (default: last)", zh: "要预测的列（默认：last，即最后一列）" },
    },
    {
      name: "drop",
      value: "NAME,…",
      text: { en: "Columns to leave out, e.g. row numbers", zh: "不使用的列，例如序号" },
    },
    {
      name: "test",
      value: "FILE.csv",
      text: {
        en: "Test rows, compared with the training rows for duplicates",
        zh: "测试表格，检查其中有无与训练样本重复的行",
      },
    },
    {
      name: "layers",
      value: "N,…",
      text: { en: "Units of the hidden layers (default: 16,8)", zh: "各隐藏层的单元数（默认：16,8）" },
    },
    {
      name: "activation",
      value: "relu|tanh|sigmoid|…",
      text: { en: "Of the hidden layers (default: relu)", zh: "隐藏层的激活函数（默认：relu）" },
    },
    {
      name: "optimizer",
      value: "adam|sgd|…",
      text: { en: "How to train (default: adam)", zh: "优化器（默认：adam）" },
    },
    {
      name: "learning-rate",
      value: "X",
      text: { en: "Default: 0.01", zh: "学习率（默认：0.01）" },
    },
    {
      name: "epochs",
      value: "N",
      text: { en: "Passes over the table (default: 50)", zh: "训练轮数（默认：50）" },
    },
    {
      name: "batch-size",
      value: "N",
      text: { en: "Rows of a step (default: 32)", zh: "每步的样本数（默认：32）" },
    },
    {
      name: "scale",
      text: { en: "Standardize the columns of the table first", zh: "先把表格各列标准化" },
    },
    {
      name: "steps",
      value: "N",
      text: { en: "Steps of a program (default: 1000)", zh: "程序的训练步数（默认：1000）" },
    },
    {
      name: "variant",
      value: "published|derived",
      text: {
        en: "Which form of a program (default: derived)",
        zh: "程序的哪种写法（默认：derived）",
      },
    },
    {
      name: "seed",
      value: "N",
      text: { en: "Seed of the start values, 0 to 4294967295", zh: "初始值的随机种子，0 到 4294967295" },
    },
    { name: "json", text: { en: "Print the findings as JSON", zh: "以 JSON 输出诊断结果" } },
  ],
  examples: [
    {
      line: "papergrad doctor xor --seed 3",
      text: { en: "a start that gets stuck", zh: "一个学不会的初始值" },
    },
    {
      line: "papergrad doctor iris --variant published --steps 5000",
      text: { en: "a published program", zh: "按发表的写法训练" },
    },
    {
      line: "papergrad doctor data.csv --target species --drop Id --layers 16,8",
      text: { en: "a table of your own", zh: "你自己的表格" },
    },
    {
      line: "papergrad doctor data.csv --learning-rate 10 --json",
      text: { en: "findings as data", zh: "以数据形式给出诊断" },
    },
  ],
};

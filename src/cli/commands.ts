/**
 * The commands and their options: what `parse` accepts and `help` prints.
 *
 * Data only; each command's work is in a file of its own name.
 */
import { doctorSpec } from "./doctor-spec.ts";
import type { Words } from "./language.ts";

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** Placeholder of the value; a flag has none. */
  readonly value?: string;
  readonly text: Words;
}

export interface CommandSpec {
  readonly name: "reproduce" | "explain" | "check" | "doctor" | "studio" | "programs" | "help";
  /** What follows the command's name. */
  readonly usage: string;
  readonly summary: Words;
  readonly about: Words;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly line: string; readonly text: Words }[];
}

/** Options of every command. */
export const COMMON: readonly OptionSpec[] = [
  {
    name: "lang",
    value: "en|zh",
    text: { en: "Language of the texts (default: from LANG)", zh: "文字的语言（默认取自 LANG）" },
  },
  { name: "debug", text: { en: "Show the stack of an error", zh: "出错时显示调用栈" } },
  { name: "help", short: "h", text: { en: "Show this help", zh: "显示本帮助" } },
  { name: "version", text: { en: "Show the version", zh: "显示版本" } },
];

const backend: OptionSpec = {
  name: "backend",
  value: "wasm|interpreter",
  text: {
    en: "Compiled or interpreted; both give the same bits (default: wasm)",
    zh: "编译执行或解释执行；两者结果逐位相同（默认：wasm）",
  },
};

const dtype = (en: string, zh: string): OptionSpec => ({
  name: "dtype",
  value: "float32|float64",
  text: { en: `Precision (default: ${en})`, zh: `精度（默认：${zh}）` },
});

const seed: OptionSpec = {
  name: "seed",
  value: "N",
  text: {
    en: "Seed instead of the program's own, 0 to 4294967295",
    zh: "代替程序自带的随机种子，0 到 4294967295",
  },
};

const variant = (values: string, en: string, zh: string): OptionSpec => ({
  name: "variant",
  value: values,
  text: {
    en: `published: as the tutorial's code does it, mistakes included; derived: as a right derivation says (default: ${en})`,
    zh: `published：照教程的代码，连同其中的错误；derived：照正确的推导（默认：${zh}）`,
  },
});

const reproduce: CommandSpec = {
  name: "reproduce",
  usage: "[PROGRAM…] [options]",
  summary: {
    en: "Train the tutorials' networks and set the results beside the published ones",
    zh: "训练教程中的网络，把结果与发表的结果并列",
  },
  about: {
    en: "Runs the programs (default: all), prints published results beside ours and how many digits agree with NumPy, and writes an HTML report with pictures and films.",
    zh: "运行各程序（默认全部），把发表的结果与我们的并列打印，给出与 NumPy 一致的位数，并写出带图片和动画的 HTML 报告。",
  },
  options: [
    variant("published|derived|both", "both", "both"),
    seed,
    {
      name: "epochs",
      value: "N",
      text: { en: "Epochs of the mnist program (default: 200)", zh: "mnist 程序的训练轮数（默认：200）" },
    },
    backend,
    dtype("the program's own; replays are always float64", "程序自定；与 NumPy 的对照总用 float64"),
    {
      name: "json",
      value: "FILE",
      text: { en: "Also write the results as JSON", zh: "另把结果写成 JSON 文件" },
    },
    {
      name: "out",
      value: "DIR",
      text: {
        en: "Folder of the report (default: papergrad-report)",
        zh: "报告的文件夹（默认：papergrad-report）",
      },
    },
    { name: "no-report", text: { en: "Write no report", zh: "不写报告" } },
    {
      name: "jobs",
      value: "N",
      text: {
        en: "Programs that run at the same time; 0: in this process, one by one (default: 2, or 1 on one core)",
        zh: "同时运行的程序个数；0：在本进程中逐个运行（默认：2，单核机器为 1）",
      },
    },
    { name: "quiet", text: { en: "Show no progress", zh: "不显示进度" } },
  ],
  examples: [
    { line: "papergrad reproduce", text: { en: "everything", zh: "全部运行" } },
    {
      line: "papergrad reproduce xor iris --variant derived",
      text: { en: "two programs, as rightly derived", zh: "两个程序，按正确的推导" },
    },
    {
      line: "papergrad reproduce mnist --epochs 20 --out mnist-report",
      text: { en: "MNIST for a tenth of the published length", zh: "MNIST 只训练发表轮数的十分之一" },
    },
    {
      line: "papergrad reproduce --no-report --json results.json",
      text: { en: "numbers only", zh: "只要数字" },
    },
  ],
};

const explain: CommandSpec = {
  name: "explain",
  usage: "PROGRAM [options]",
  summary: {
    en: "Write one training step out: every matrix with its formula",
    zh: "写出一步训练：每个矩阵及其公式",
  },
  about: {
    en: "Writes out data, parameters, forward pass, loss, backward pass and update of one training step. Of large matrices it shows the corners.",
    zh: "写出一步训练的数据、参数、前向传播、损失、反向传播和更新。大矩阵只显示四角。",
  },
  options: [
    variant("published|derived", "derived", "derived"),
    {
      name: "step",
      value: "N",
      text: { en: "Which step, from 1 (default: 1)", zh: "第几步，从 1 开始（默认：1）" },
    },
    {
      name: "format",
      value: "text|latex|json",
      text: {
        en: "Text, a LaTeX document, or JSON (default: text)",
        zh: "文本、LaTeX 文档或 JSON（默认：text）",
      },
    },
    { name: "full", text: { en: "Show large matrices whole", zh: "完整显示大矩阵" } },
    { name: "out", value: "FILE", text: { en: "Write to a file", zh: "写入文件" } },
    seed,
    backend,
    dtype("float64", "float64"),
  ],
  examples: [
    { line: "papergrad explain pencil", text: { en: "the first step", zh: "第一步" } },
    {
      line: "papergrad explain xor --variant published --step 100",
      text: { en: "the 100th step of the published code", zh: "发表的代码的第 100 步" },
    },
    {
      line: "papergrad explain and --format latex --out and.tex",
      text: { en: "a document to compile", zh: "可以编译的文档" },
    },
  ],
};

const check: CommandSpec = {
  name: "check",
  usage: "[PROGRAM…] [options]",
  summary: {
    en: "Compare every gradient with central differences",
    zh: "把每个梯度与中心差分比较",
  },
  about: {
    en: "Lists gradient entries beside central differences, the worst relative error first. Of parameters with many entries, 200 spread evenly are checked. Exit code 1 if a derived gradient is wrong by 1e-7 or more.",
    zh: "把梯度的各项与中心差分并列，相对误差最大的在前。项数很多的参数均匀抽查 200 项。derived 的梯度误差达到 1e-7 时退出码为 1。",
  },
  options: [
    variant("published|derived|both", "both", "both"),
    { name: "all", text: { en: "Show every row, not the worst ten", zh: "显示所有行，而不只是最差的十行" } },
    backend,
  ],
  examples: [
    { line: "papergrad check", text: { en: "all programs", zh: "所有程序" } },
    {
      line: "papergrad check digits --variant published",
      text: { en: "see the published gradient fail", zh: "看发表的梯度怎样出错" },
    },
  ],
};

const studio: CommandSpec = {
  name: "studio",
  usage: "[options]",
  summary: {
    en: "Serve the studio: see a network learn, and check every number",
    zh: "启动工作室：看网络学习，核对每一个数",
  },
  about: {
    en: "Serves the studio, an application for the browser, on this machine's loopback address until Ctrl-C. Nothing leaves the machine.",
    zh: "在本机回环地址上提供工作室（浏览器应用），直到按下 Ctrl-C。数据不会离开本机。",
  },
  options: [
    {
      name: "port",
      value: "N",
      text: { en: "Port, 0 for any free one (default: 8137)", zh: "端口，0 为任一空闲端口（默认：8137）" },
    },
    { name: "open", text: { en: "Open the page in the browser", zh: "在浏览器中打开页面" } },
  ],
  examples: [
    { line: "papergrad studio --open", text: { en: "serve it and open it", zh: "启动并打开" } },
    { line: "papergrad studio --port 9000", text: { en: "on another port", zh: "换一个端口" } },
  ],
};

/** All commands. */
export const commands: readonly CommandSpec[] = [
  reproduce,
  explain,
  check,
  doctorSpec,
  studio,
  {
    name: "programs",
    usage: "",
    summary: { en: "List the programs", zh: "列出各程序" },
    about: { en: "Lists the tutorials' programs, in both languages.", zh: "用两种语言列出教程中的程序。" },
    options: [],
    examples: [{ line: "papergrad programs", text: { en: "the list", zh: "列表" } }],
  },
  {
    name: "help",
    usage: "[COMMAND]",
    summary: { en: "Show help for a command", zh: "显示某个命令的帮助" },
    about: { en: "Shows help for papergrad or for one command.", zh: "显示 papergrad 或某个命令的帮助。" },
    options: [],
    examples: [{ line: "papergrad help explain", text: { en: "about explain", zh: "关于 explain" } }],
  },
];

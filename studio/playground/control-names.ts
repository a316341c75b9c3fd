/** The controls of the playground that a teacher can hide by link, each by a name that links use. */
import type { Text } from "../language.ts";

/** Every control that can be hidden. */
export const CONTROLS = {
  run: { en: "Run and pause", zh: "运行与暂停" },
  step: { en: "One step", zh: "单步" },
  epoch: { en: "One epoch", zh: "单轮" },
  reset: { en: "Reset", zh: "重置" },
  speed: { en: "Speed", zh: "速度" },
  goal: { en: "Goal", zh: "目标" },
  time: { en: "Time machine", zh: "时间机器" },
  data: { en: "Data set", zh: "数据集" },
  samples: { en: "Number of points", zh: "点数" },
  noise: { en: "Noise", zh: "噪声" },
  split: { en: "Test share", zh: "测试集比例" },
  regenerate: { en: "New points", zh: "重新生成数据" },
  draw: { en: "Drawing points", zh: "手绘数据" },
  table: { en: "Pasting a table", zh: "粘贴表格" },
  features: { en: "Features", zh: "特征" },
  layers: { en: "Number of layers", zh: "层数" },
  units: { en: "Units of layers", zh: "各层单元数" },
  activation: { en: "Activation of layers", zh: "各层激活函数" },
  dropout: { en: "Dropout of layers", zh: "各层随机失活" },
  weights: { en: "Editing weights", zh: "编辑权重" },
  optimizer: { en: "Optimizer", zh: "优化器" },
  learningRate: { en: "Learning rate", zh: "学习率" },
  schedule: { en: "Schedule", zh: "学习率调度" },
  batch: { en: "Batch size", zh: "批大小" },
  loss: { en: "Loss", zh: "损失函数" },
  regularization: { en: "Regularization", zh: "正则化" },
  initializer: { en: "Initializer", zh: "初始化" },
  seed: { en: "Seed", zh: "随机种子" },
  view: { en: "View of the output", zh: "输出显示方式" },
  charts: { en: "Charts", zh: "曲线" },
  advice: { en: "Advice", zh: "诊断建议" },
  presets: { en: "Examples", zh: "示例" },
} as const satisfies Record<string, Text>;

export type ControlName = keyof typeof CONTROLS;
export const controlNames = Object.keys(CONTROLS) as readonly ControlName[];

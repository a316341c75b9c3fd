/** Where the tutorial's MNIST text, code and numbers disagree; each figure is computed by the test that is named. */
import type { Erratum, Text } from "../types.ts";

const byReading: Text = { en: "Found by reading.", zh: "阅读可见。" };

export const errata: readonly Erratum[] = [
  {
    id: "mnist-printed-code",
    effect: "A",
    text: {
      en: 'As printed the program does not run: line breaks are lost, "1 e-3" is a syntax error, and "%.4 f", "%.2 f %%" are no valid formats.',
      zh: "照原样无法运行：换行丢失，“1 e-3” 是语法错误，“%.4 f”“%.2 f %%” 不是合法的格式。",
    },
    proof: {
      reason: {
        en: "Shown by Python's own compiler, not by papergrad.",
        zh: "由 Python 编译器给出，与 papergrad 无关。",
      },
    },
  },
  {
    id: "mnist-raw-pixels",
    effect: "A",
    shows: ["a0"],
    text: {
      en: "The setting works only because pixels are 0 to 255, which the text does not say. With raw pixels the first epoch has a mean loss of 1.32 and ends with 86.7 % of the test images right. With pixels divided by 255 and the printed learning rate 0.001 it is 2.3025 (a guess has ln 10 = 2.3026) and 10.6 %. Divided pixels need a learning rate of about 0.1: 41.7 % after one epoch, and then it learns.",
      zh: "这组设置之所以有效，只因为像素是 0 到 255，而文中没有说明。用原始像素，第一轮的平均损失是 1.32，结束时测试精度 86.7 %。若把像素除以 255 而学习率仍为 0.001，则是 2.3025（瞎猜为 ln 10 = 2.3026）与 10.6 %。除以 255 时学习率需要 0.1 左右：一轮之后 41.7 %，此后才真正学起来。",
    },
    proof: { test: "mnist: pixels divided by 255 learn nothing at the printed learning rate" },
  },
  {
    id: "mnist-biases-decay",
    effect: "B",
    shows: ["b2'", "b3'"],
    text: {
      en: "b2 and b3 are updated with themselves instead of their gradients: after one epoch they are exactly their start values times 0.999, 234 times over. It costs nothing visible: the test accuracies of published and derived differ by some hundredths of a point.",
      zh: "b2、b3 用自身而不是梯度来更新：一轮之后恰好等于初始值乘以 0.999 共 234 次。结果几乎看不出差别：发布版与推导版的测试精度只差百分之几个百分点。",
    },
    proof: { test: "mnist: b2 and b3 only shrink" },
  },
  {
    id: "mnist-best-on-last-batch",
    effect: "C",
    text: {
      en: '"Best train accuracy" is measured on the 256 images just trained on, at the end of an epoch, and with >= the latest such net is kept. It is not the accuracy on the training images: after one epoch the two are a point apart. Both are reported here.',
      zh: "“best train accuracy” 是每轮结束时在刚刚训练过的 256 张图上测得的，用 >= 保留最晚的网络。它不是训练集精度：一轮之后两者就相差一个百分点左右。这里两者都给出。",
    },
    proof: { test: "mnist: the printed train accuracy is that of the last batch" },
  },
  {
    id: "mnist-lost-batch",
    effect: "B",
    text: {
      en: "np.arange(0, n − 256, 256) drops the tail: the last 96 of 60,000 images are never used, and where n is a multiple of 256 a whole batch is lost (n = 512 gives one batch).",
      zh: "np.arange(0, n − 256, 256) 会丢掉尾部：60,000 张图的最后 96 张从未使用；若 n 是 256 的倍数，则丢掉整整一批（n = 512 时只有一批）。",
    },
    proof: { test: "mnist: the batch rule drops the tail, or a whole batch" },
  },
  {
    id: "mnist-no-reshuffle",
    effect: "B",
    text: {
      en: "The images are shuffled once when they are loaded, never between epochs, and the break after the last batch ends a loop that is over anyway.",
      zh: "图像只在加载时洗牌一次，各轮之间不再洗牌；最后一批之后的 break 结束的是本来就要结束的循环。",
    },
    proof: { reason: byReading },
  },
  {
    id: "mnist-overflow",
    effect: "B",
    shows: ["h"],
    text: {
      en: "exp is taken without the row's maximum, and warnings are switched off. With start values of 0.1 instead of 0.01 times a normal number the scores reach hundreds and the loss of the very first batch is not finite; the derived loss is. With 0.05 both still work.",
      zh: "计算 exp 时没有减去行最大值，警告也被关闭。若初始值由正态数的 0.01 倍改为 0.1 倍，得分达到数百，第一批的损失就不再是有限数，而推导版仍是；0.05 倍时两者都还能用。",
    },
    proof: { test: "mnist: exp without the row maximum overflows at start values of 0.1" },
  },
  {
    id: "mnist-file-order",
    effect: "B",
    text: {
      en: "The images are read as PNG files in the order of os.listdir, which the operating system decides. The shuffle permutes that order, so no seed fixes the batches. Here the four original files are read and the images stand class by class before the shuffle.",
      zh: "程序按 os.listdir 的次序读取 PNG 文件，而这个次序由操作系统决定；洗牌只是打乱它，所以任何种子都不能固定批次。这里读取四个原始文件，洗牌之前按类别排列。",
    },
    proof: { reason: byReading },
  },
  {
    id: "mnist-97.92",
    effect: "C",
    text: {
      en: "97.92 % is one run. Here, in float32 with seed 0, 200 epochs end at 97.95 % (last batch 100.00 %, all training images 99.99 %). NumPy with seeds 0 and 1 ends at 97.96 % and 97.80 % after 200 epochs, with the biases corrected at 97.91 % and 97.77 %. After 20 epochs it is about 96 %.",
      zh: "97.92 % 只是一次运行的结果。这里以单精度、种子 0 运行 200 轮，得到 97.95 %（最后一批 100.00 %，全部训练图像 99.99 %）。NumPy 用种子 0 和 1 运行 200 轮得到 97.96 % 与 97.80 %；改正偏置后为 97.91 % 与 97.77 %。20 轮之后约为 96 %。",
    },
    proof: {
      reason: {
        en: "200 epochs take minutes: run this program.",
        zh: "200 轮需要数分钟：运行本程序即可。",
      },
    },
  },
  {
    id: "mnist-plot-titles",
    effect: "C",
    text: {
      en: "The Chinese titles of the plots are missing glyphs in matplotlib's default font.",
      zh: "matplotlib 的默认字体中没有中文，图的标题会显示为方框。",
    },
    proof: { reason: { en: "Concerns matplotlib only.", zh: "只与 matplotlib 有关。" } },
  },
];

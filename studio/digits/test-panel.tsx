/** The test pictures: the confusion matrix, the pictures behind one of its cells, the worst mistakes. */
import { useComputed, useSignal } from "@preact/signals";
import { type Text, t } from "../language.ts";
import { Tabs } from "../ui/tabs.tsx";
import { ConfusionTable } from "./confusion-table.tsx";
import { confusion, inCell, mistakes } from "./predictions.ts";
import { digitsState } from "./room-state.ts";
import { Samples } from "./samples.tsx";

const WORDS = {
  title: { en: "Test pictures", zh: "测试图片" },
  confusion: { en: "Confusion matrix", zh: "混淆矩阵" },
  pictures: { en: "Pictures", zh: "图片" },
  worst: { en: "Worst mistakes", zh: "最严重的错误" },
  cell: { en: "One cell", zh: "单元格" },
  worstNote: {
    en: "Least probability of the true digit first.",
    zh: "按真实数字的概率从低到高排列。",
  },
  choose: {
    en: "Choose a cell of the matrix to see its pictures.",
    zh: "请选择矩阵中的一个单元格以查看其中的图片。",
  },
  none: { en: "No picture is in this cell.", zh: "此单元格中没有图片。" },
} as const satisfies Record<string, Text>;

export function TestPanel() {
  const { session, drawing, draw, cell } = digitsState();
  const counts = useComputed(() => confusion(session.verdicts.value));
  const worst = useComputed(() => mistakes(session.verdicts.value));
  const tab = useSignal("worst");
  const { value: data } = session.data;
  if (session.verdicts.value.length === 0 || data.status !== "loaded") return null;
  const shown = drawing.value.kind === "sample" ? drawing.value.index : null;
  const choose = (index: number) => draw({ kind: "sample", index }, true);
  const open = cell.value;
  const listed = open ? inCell(session.verdicts.value, open.truth, open.predicted) : [];
  const isCell = tab.value === "cell";
  return (
    <section class="panel test" aria-labelledby="digits-test">
      <h2 id="digits-test">{t(WORDS.title)}</h2>
      <div class="pair">
        <ConfusionTable
          counts={counts.value}
          open={open}
          onOpen={(chosen) => {
            cell.value = chosen;
            tab.value = "cell";
          }}
        />
        <Tabs
          label={WORDS.pictures}
          tabs={[
            { id: "worst", title: WORDS.worst },
            { id: "cell", title: WORDS.cell },
          ]}
          value={tab.value}
          onChange={(id) => {
            tab.value = id;
          }}
        >
          {!isCell && (
            <p class="quiet">
              {t(countText(worst.value.length))} {t(WORDS.worstNote)}
            </p>
          )}
          {isCell && (
            <p class="quiet">
              {open ? t(cellText(open.truth, open.predicted, listed.length)) : t(WORDS.choose)}
            </p>
          )}
          <Samples
            key={isCell ? `${open?.truth}-${open?.predicted}` : "worst"}
            label={isCell ? WORDS.cell : WORDS.worst}
            verdicts={isCell ? listed : worst.value}
            images={data.images}
            shown={shown}
            onChoose={choose}
          />
        </Tabs>
      </div>
    </section>
  );
}

const countText = (count: number): Text => ({
  en: `${count.toLocaleString("en-US")} mistakes.`,
  zh: `共 ${count} 个错误。`,
});

const cellText = (truth: number, predicted: number, count: number): Text => ({
  en: `${count.toLocaleString("en-US")} pictures of a ${truth} ${truth === predicted ? "read right" : `taken for a ${predicted}`}, the surest first.`,
  zh: `${count} 张数字 ${truth} ${truth === predicted ? "识别正确" : `被识别为 ${predicted}`}，按把握从高到低排列。`,
});

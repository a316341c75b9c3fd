/** The pad with its buttons, and beside it what the network makes of the drawing. */
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { ErrorBox } from "../ui/error-box.tsx";
import { NumberField } from "../ui/number-field.tsx";
import { Answers } from "./answers.tsx";
import { EMPTY } from "./drawing.ts";
import { Pad } from "./pad.tsx";
import { digitsState } from "./room-state.ts";

const WORDS = {
  title: { en: "Draw a digit", zh: "写一个数字" },
  undo: { en: "Undo", zh: "撤销" },
  clear: { en: "Clear", zh: "清空" },
  sample: { en: "Next test picture", zh: "下一张测试图片" },
  number: { en: "Number of the test picture", zh: "测试图片编号" },
  damaged: {
    en: "Link: the drawing is damaged (was the link cut off?); the pad is empty.",
    zh: "链接：图画数据已损坏（链接是否被截断？），绘图板为空。",
  },
} as const satisfies Record<string, Text>;

export function DrawPanel() {
  const { session, drawing, drawingIsDamaged, picture, draw } = digitsState();
  const { value: now } = drawing;
  const strokes = now.kind === "strokes" ? now.strokes : [];
  const clear = () => draw(EMPTY, true);
  const undo = () => draw({ kind: "strokes", strokes: strokes.slice(0, -1) }, true);
  const isEmpty = now.kind === "strokes" && strokes.length === 0;
  const { value: data } = session.data;
  const shown = now.kind === "sample" ? now.index : -1;
  return (
    <section class="panel drawing" aria-labelledby="digits-drawing">
      <h2 id="digits-drawing">{t(WORDS.title)}</h2>
      {drawingIsDamaged.value && <ErrorBox text={WORDS.damaged} />}
      <div class="flow">
        <div class="stack">
          <Pad
            strokes={strokes}
            picture={now.kind === "sample" ? picture.value : null}
            onDraw={(all, done) => draw({ kind: "strokes", strokes: all }, done)}
            onUndo={undo}
            onClear={clear}
          />
          <div class="row">
            <Button label={WORDS.undo} onClick={undo} disabled={isEmpty} />
            <Button label={WORDS.clear} onClick={clear} disabled={isEmpty} />
            {data.status === "loaded" && (
              <Button
                label={WORDS.sample}
                onClick={() => draw({ kind: "sample", index: (shown + 1) % data.labels.length }, true)}
              />
            )}
          </div>
          {data.status === "loaded" && now.kind === "sample" && (
            <NumberField
              label={WORDS.number}
              value={now.index}
              min={0}
              max={data.labels.length - 1}
              onChange={(index) => draw({ kind: "sample", index }, true)}
            />
          )}
        </div>
        <Answers />
      </div>
    </section>
  );
}

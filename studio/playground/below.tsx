/** Below the playground: examples with a word on each, what the picture means, and what a teacher can hide. */
import { useState } from "preact/hooks";
import { t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { say } from "../ui/status-line.tsx";
import { Toggle } from "../ui/toggle.tsx";
import { changeView, shownRecord } from "./actions.ts";
import { CONTROLS, type ControlName, controlNames } from "./control-names.ts";
import { playground } from "./play.ts";
import { PRESETS, type Preset } from "./presets.ts";

export function Presets() {
  return (
    <section class="presets" aria-labelledby="presets-title">
      <h2 id="presets-title">{t({ en: "Things to try", zh: "不妨一试" })}</h2>
      <ul>
        {PRESETS.map((preset) => (
          <li key={preset.id} class="panel">
            <h3>{t(preset.title)}</h3>
            <p>{t(preset.text)}</p>
            <button type="button" class="button" data-preset={preset.id} onClick={() => void open(preset)}>
              {t({ en: "Open", zh: "打开" })}
              <span class="unseen"> {t(preset.title)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Opens an example; what a teacher has hidden stays hidden. */
async function open({ experiment, title }: Preset): Promise<void> {
  const { session } = playground();
  const { hide } = shownRecord().view;
  await session.open({ ...experiment, view: { ...experiment.view, hide } });
  document.getElementById("room")?.scrollIntoView({ block: "start" });
  say({ en: `${title.en}: running.`, zh: `${title.zh}：开始训练。` });
  await session.run();
}

export function Explained() {
  return (
    <section class="explained" aria-labelledby="explained-title">
      <h2 id="explained-title">{t({ en: "What you see", zh: "图中是什么" })}</h2>
      <div>
        <p>
          {t({
            en: "A network gets a few numbers of a point (the features on the left), multiplies them by weights, adds a bias, bends the sum with an activation, and hands it on, layer by layer. Each small map shows what one unit answers over the whole plane: orange for positive, blue for negative. Lines are weights: the wider, the larger.",
            zh: "网络接收一个点的几个数（左侧的特征），乘以权重、加上偏置，再用激活函数弯曲，一层层传下去。每张小图是一个单元在整个平面上的输出：橙色为正，蓝色为负。连线是权重，越粗越大。",
          })}
        </p>
        <p>
          {t({
            en: "Training takes a mini-batch of points, measures the loss, and moves every weight a little against its gradient. The line in the large map is where the network is undecided. Points with a dark edge are never trained on: they tell whether it learned the rule or only the points.",
            zh: "训练时每次取一小批点，计算损失，再让每个权重沿梯度的反方向移动一小步。大图中的线是网络拿不定主意的地方。深色边框的点从不参与训练，用来检验它学到的是规律，还是只记住了样本。",
          })}
        </p>
        <p>
          {t({
            en: "Everything follows from the settings and the seeds, to the last bit: Reset gives the same start, the address of this page replays to the same step with the same weights, and the time machine can go back and take another road.",
            zh: "一切都由设置和随机种子逐位决定：重置会回到完全相同的起点，本页网址能重放到同一步、同样的权重，时间机器还可以倒回去另走一条路。",
          })}
        </p>
      </div>
    </section>
  );
}

export function Teacher() {
  const [open, setOpen] = useState(false);
  const { hide } = shownRecord().view;
  const toggle = (name: ControlName, shown: boolean) =>
    changeView({ hide: shown ? hide.filter((h) => h !== name) : [...hide, name] });
  return (
    <div class="teacher">
      <Button
        label={{ en: "For teachers: hide controls…", zh: "教师：隐藏控件…" }}
        onClick={() => setOpen(true)}
      />
      <Dialog
        title={{ en: "Controls that students see", zh: "学生可见的控件" }}
        open={open}
        onClose={() => setOpen(false)}
      >
        <p class="quiet">
          {t({
            en: "The address of the page holds these choices with everything else: copy it and hand it out.",
            zh: "这些选择会连同其他设置一起写入本页网址：复制后发给学生即可。",
          })}
        </p>
        <div class="teacher-controls">
          {controlNames.map((name) => (
            <Toggle
              key={name}
              label={CONTROLS[name]}
              value={!hide.includes(name)}
              onChange={(shown) => void toggle(name, shown)}
            />
          ))}
        </div>
        <Button label={{ en: "Show all", zh: "全部显示" }} onClick={() => void changeView({ hide: [] })} />
      </Dialog>
    </div>
  );
}

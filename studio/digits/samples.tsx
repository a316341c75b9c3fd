/** Test pictures as small buttons: what each is, what it was taken for, how surely. Pressing one puts it on the pad. */
import { useSignal } from "@preact/signals";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { PIXELS, SIDE } from "./centre.ts";
import { PixelPicture } from "./pixel-picture.tsx";
import type { Verdict } from "./predictions.ts";
import { percentage } from "./probabilities.tsx";

interface Props {
  readonly label: Text;
  readonly verdicts: readonly Verdict[];
  readonly images: Uint8Array;
  /** Number of the picture on the pad, if one is. */
  readonly shown: number | null;
  readonly onChoose: (index: number) => void;
}

const AT_FIRST = 24;

/** Read before what stands below the picture: the true digit → what it was taken for, and how surely. */
const nameOf = (index: number): Text => ({
  en: `Test picture ${index}, true digit → answer:`,
  zh: `测试图片 ${index}，真实数字 → 识别结果：`,
});

export function Samples({ label, verdicts, images, shown, onChoose }: Props) {
  const most = useSignal(AT_FIRST);
  const listed = verdicts.slice(0, most.value);
  const rest = verdicts.length - listed.length;
  return (
    <>
      <ul class="samples" aria-label={t(label)}>
        {listed.map((v) => (
          <li key={v.index}>
            <button type="button" aria-pressed={v.index === shown} onClick={() => onChoose(v.index)}>
              <PixelPicture
                values={images.subarray(v.index * PIXELS, (v.index + 1) * PIXELS)}
                columns={SIDE}
                kind="ink"
                most={255}
              />
              <span class="unseen">{t(nameOf(v.index))}</span>
              <span class={v.truth === v.predicted ? "right" : "wrong"}>
                {v.truth} → {v.predicted}
              </span>
              <small>{percentage(v.certainty)}</small>
            </button>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button
          kind="quiet"
          label={{ en: `Show more (${rest})`, zh: `显示更多（${rest}）` }}
          onClick={() => {
            most.value += 4 * AT_FIRST;
          }}
        />
      )}
    </>
  );
}

/** The losses of both sides over each other, and how far they are apart. */
import { useMemo } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { Curves } from "../ui/curves.tsx";
import { largestAboveZero, mean, stretches, stretchLength } from "../ui/stretches.ts";

interface Props {
  readonly papergrad: Float64Array;
  readonly tensorflow: Float64Array;
}

const WORDS = {
  losses: { en: "Losses", zh: "损失" },
  apart: { en: "How far apart they are", zh: "两者之差" },
  step: { en: "Step", zh: "步" },
  loss: { en: "Loss", zh: "损失" },
  difference: { en: "Largest difference", zh: "最大差值" },
} as const satisfies Record<string, Text>;

export function LossCurves({ papergrad, tensorflow }: Props) {
  const drawn = useMemo(() => {
    const steps = Math.max(papergrad.length, tensorflow.length);
    const length = stretchLength(steps);
    const count = Math.ceil(steps / length);
    const common = Math.min(papergrad.length, tensorflow.length);
    const differences = papergrad.subarray(0, common).map((v, i) => Math.abs(v - tensorflow[i]!));
    return {
      x: Array.from({ length: count }, (_, k) => (k + 0.5) * length),
      ours: stretches(papergrad, length, count, mean),
      theirs: stretches(tensorflow, length, count, mean),
      apart: stretches(differences, length, count, largestAboveZero),
    };
  }, [papergrad, tensorflow]);
  return (
    <div class="race-curves">
      <section class="panel" aria-labelledby="race-losses">
        <h2 id="race-losses">{t(WORDS.losses)}</h2>
        <Curves
          label={{
            en: `Losses: papergrad over ${papergrad.length} steps, TensorFlow.js over ${tensorflow.length}`,
            zh: `损失：papergrad ${papergrad.length} 步，TensorFlow.js ${tensorflow.length} 步`,
          }}
          xLabel={WORDS.step}
          left={WORDS.loss}
          x={drawn.x}
          lines={[
            {
              label: { en: "papergrad", zh: "papergrad" },
              colour: (p) => p.negative,
              values: drawn.ours,
              width: 5,
            },
            {
              label: { en: "TensorFlow.js", zh: "TensorFlow.js" },
              colour: (p) => p.positive,
              values: drawn.theirs,
              width: 1.5,
            },
          ]}
        />
      </section>
      <section class="panel" aria-labelledby="race-apart">
        <h2 id="race-apart">{t(WORDS.apart)}</h2>
        <Curves
          label={{
            en: "Largest difference of the two losses in each stretch of steps",
            zh: "每段步数内两个损失的最大差值",
          }}
          xLabel={WORDS.step}
          left={WORDS.difference}
          log
          x={drawn.x}
          lines={[{ label: WORDS.difference, colour: (p) => p.series[2]!, values: drawn.apart }]}
        />
      </section>
    </div>
  );
}

/** Small pictures of the data sets of one group; one of all groups is chosen. */
import { useCallback, useMemo } from "preact/hooks";
import { SETS } from "../data/sets.ts";
import { Drawing, type Surface } from "../draw/drawing.tsx";
import { drawPoints } from "../draw/plane.ts";
import { type Text, t } from "../language.ts";
import { changeData, shownRecord } from "./actions.ts";

interface Props {
  readonly title: Text;
  readonly names: readonly string[];
}

export function SetPicker({ title, names }: Props) {
  const chosen = shownRecord().data.kind;
  const small = names.every((name) => SETS[name]!.group === "gates");
  return (
    <fieldset class={small ? "set-picker small" : "set-picker"}>
      <legend class="label">{t(title)}</legend>
      <div>
        {names.map((name) => (
          <label key={name} title={t(SETS[name]!.title)}>
            <input
              type="radio"
              name="data-set"
              checked={chosen === name}
              onChange={() => {
                const { samples, noise } = SETS[name]!.usual;
                const testShare = SETS[name]!.group === "gates" ? 0 : 0.3;
                void changeData({ kind: name, count: samples, noise, testShare });
              }}
            />
            <Thumbnail name={name} />
            <span class="unseen">{t(SETS[name]!.title)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Thumbnail({ name }: { readonly name: string }) {
  const set = SETS[name]!;
  const points = useMemo(() => {
    const samples = set.group === "gates" ? 4 : set.group === "many" ? 90 : 60;
    return set.make({ samples, noise: set.usual.noise * 0.6, seed: 3 });
  }, [set]);
  const draw = useCallback(
    ({ canvas, width, height, colors }: Surface) =>
      drawPoints(
        canvas,
        width,
        height,
        set.range,
        {
          ...points,
          firstTest: points.y.length,
          showTest: false,
          scale: 0.6,
          radius: set.group === "gates" ? 2.6 : 1.5,
        },
        colors,
      ),
    [set, points],
  );
  return <Drawing draw={draw} class="thumbnail" />;
}

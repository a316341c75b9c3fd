/** The room of lessons: a list, or the lesson that the link names. */
import { useEffect } from "preact/hooks";
import { both, type Text, t } from "../language.ts";
import { linkedRecord, linkTo } from "../state/location.ts";
import { subject } from "../state/title.ts";
import { Button } from "../ui/button.tsx";
import { lessonNamed, lessons } from "./index.ts";
import { checksOf, type Lesson } from "./lesson.ts";
import "./lessons.css";
import { forgetProgress, passedOf, recallProgress } from "./progress.ts";
import { LessonView, progressText } from "./view/lesson.tsx";

const WORDS = {
  title: { en: "Lessons", zh: "课程" },
  intro: {
    en: "The nine programs of the tutorials, one lesson each: what the network is for, its derivation line by line, what the published program gets wrong, and checks that papergrad computes. The last lesson says it all once more, for any number of layers.",
    zh: "教程中的九个程序，每个一课：网络做什么用，逐行推导梯度，发布的程序错在哪里，再加上由 papergrad 当场计算的检验。最后一课把这一切再说一遍，适用于任意多层。",
  },
  all: { en: "All lessons", zh: "全部课程" },
  lessons: { en: "Lessons", zh: "各课" },
  neighbours: { en: "Before and after", zh: "上一课与下一课" },
  forget: { en: "Forget my progress", zh: "清除学习进度" },
} as const satisfies Record<string, Text>;

recallProgress();

/** Which lesson is open: `lesson=xor`; none is the list. */
const opened = linkedRecord<string>("lessons", {
  encode: (name) => (name === "" ? "" : `lesson=${name}`),
  decode(query) {
    const name = new URLSearchParams(query).get("lesson") ?? "";
    if (name === "" || lessonNamed(name)) return { record: name, problems: [] };
    const names = lessons.map((l) => l.name).join(", ");
    return {
      record: "",
      problems: [
        {
          en: `The link names the lesson “${name}”, which there is not. There are: ${names}.`,
          zh: `链接中的课程“${name}”不存在。现有课程：${names}。`,
        },
      ],
    };
  },
});

export function Room() {
  const lesson = lessonNamed(opened.value);
  useEffect(() => {
    scrollTo(0, 0);
    subject.value = lesson?.title ?? null;
    return () => {
      subject.value = null;
    };
  }, [lesson]);
  return lesson ? <Opened key={lesson.name} lesson={lesson} /> : <List />;
}

/** A link to a lesson, or to the list. */
function To({ name, label }: { readonly name: string; readonly label: Text }) {
  return (
    <a href={linkTo("lessons", name === "" ? "" : `lesson=${name}`)} onClick={() => (opened.value = name)}>
      {t(label)}
    </a>
  );
}

function List() {
  return (
    <div class="lesson-list">
      <h2 class="lesson-title">{t(WORDS.title)}</h2>
      <p class="lesson-text">{t(WORDS.intro)}</p>
      <ol>
        {lessons.map((lesson) => {
          const all = checksOf(lesson).length;
          const passed = passedOf(lesson);
          return (
            <li key={lesson.name} class="panel">
              <h3>
                <To name={lesson.name} label={lesson.title} />
              </h3>
              <p>{t(lesson.lead)}</p>
              <p class={passed === all ? "label passed" : "label"}>{t(progressText(passed, all))}</p>
            </li>
          );
        })}
      </ol>
      <div>
        <Button label={WORDS.forget} kind="quiet" onClick={forgetProgress} />
      </div>
    </div>
  );
}

function Opened({ lesson }: { readonly lesson: Lesson }) {
  const at = lessons.indexOf(lesson);
  const [before, after] = [lessons[at - 1], lessons[at + 1]];
  return (
    <div class="lesson-page">
      <nav aria-label={t(WORDS.lessons)} class="lesson-nav">
        <p>
          <To name="" label={WORDS.all} />
        </p>
        <ol>
          {lessons.map((other) => (
            <li key={other.name} aria-current={other === lesson ? "true" : undefined}>
              {other === lesson ? (
                <span>{t(other.title)}</span>
              ) : (
                <To name={other.name} label={other.title} />
              )}
            </li>
          ))}
        </ol>
      </nav>
      <div class="lesson-column">
        <LessonView lesson={lesson} />
        <nav aria-label={t(WORDS.neighbours)} class="neighbours">
          {before && <To name={before.name} label={both((l) => `← ${before.title[l]}`)} />}
          {after && <To name={after.name} label={both((l) => `${after.title[l]} →`)} />}
        </nav>
      </div>
    </div>
  );
}

/** One lesson: its sections one below the other, with a letter lit up in all formulas when it is pointed at. */
import { useMemo, useRef } from "preact/hooks";
import { type Text, t } from "../../language.ts";
import { linkTo } from "../../state/location.ts";
import { checksOf, type Elsewhere, type Lesson, type Piece } from "../lesson.ts";
import { passedOf } from "../progress.ts";
import { type Letters, lettersOf } from "../prose.ts";
import { CheckView } from "./check.tsx";
import { DerivationView } from "./derivation.tsx";
import { ErrataView } from "./errata.tsx";
import { FiguresView } from "./figures.tsx";
import { Laboratory } from "./laboratory.tsx";
import { Paragraph, Words } from "./prose.tsx";

const ROOMS: Readonly<Record<Elsewhere["room"], Text>> = {
  playground: { en: "Open in Playground", zh: "在“试验场”中打开" },
  pencil: { en: "Open in Pencil", zh: "在“笔算”中打开" },
  digits: { en: "Open Digits", zh: "打开“手写数字”" },
  race: { en: "Open Race", zh: "打开“赛跑”" },
};

/** Class of the letter an element belongs to. */
const letterAt = (target: EventTarget | null): string | null =>
  target instanceof Element
    ? (target.closest("[class*=letter-]")?.classList.value.match(/letter-[^\s]+/)?.[0] ?? null)
    : null;

export function LessonView({ lesson }: { readonly lesson: Lesson }) {
  const letters = useMemo(() => lettersOf(lesson), [lesson]);
  const root = useRef<HTMLElement>(null);
  const point = (letter: string | null) => {
    for (const lit of root.current?.querySelectorAll(".lit") ?? []) lit.classList.remove("lit");
    if (letter === null) return;
    for (const one of root.current?.querySelectorAll(`.${CSS.escape(letter)}`) ?? [])
      one.classList.add("lit");
  };
  return (
    <article
      ref={root}
      class="lesson"
      onPointerOver={(event) => point(letterAt(event.target))}
      onPointerLeave={() => point(null)}
    >
      <h2 class="lesson-title">{t(lesson.title)}</h2>
      <p class="lead">{t(lesson.lead)}</p>
      <p class="quiet">{t(progressText(passedOf(lesson), checksOf(lesson).length))}</p>
      {lesson.sections.map(({ title, pieces }) => (
        <section key={title.en} class="lesson-section">
          <h3>{t(title)}</h3>
          {pieces.map((piece, i) => (
            <PieceView key={i} lesson={lesson} piece={piece} letters={letters} onPoint={point} />
          ))}
        </section>
      ))}
    </article>
  );
}

export const progressText = (passed: number, all: number): Text => ({
  en: `${passed} of ${all} checks passed`,
  zh: `已通过 ${passed}/${all} 项检验`,
});

interface PieceProps {
  readonly lesson: Lesson;
  readonly piece: Piece;
  readonly letters: Letters;
  readonly onPoint: (letter: string | null) => void;
}

function PieceView({ lesson, piece, letters, onPoint }: PieceProps) {
  switch (piece.kind) {
    case "text":
      return <Paragraph text={piece.text} letters={letters} />;
    case "derivation":
      return <DerivationView derivation={piece.derivation} letters={letters} onPoint={onPoint} />;
    case "errata":
      return <ErrataView errata={piece.errata} />;
    case "figures":
      return <FiguresView lesson={lesson.name} figures={piece.figures} />;
    case "check":
      return <CheckView lesson={lesson} check={piece.check} letters={letters} />;
    case "laboratory":
      return <Laboratory />;
    case "elsewhere":
      return (
        <div class="elsewhere">
          <p>
            <Words text={piece.text} letters={letters} />
          </p>
          <a class="button" href={linkTo(piece.to.room, piece.to.query)}>
            {t(ROOMS[piece.to.room])}
          </a>
        </div>
      );
  }
}

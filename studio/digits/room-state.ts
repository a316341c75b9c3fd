/**
 * What the Digits room remembers: its record (in the link), its session, the drawing, and what is looked at. Made when
 * the room is first opened; another room may be shown meanwhile.
 */
import {
  batch,
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
  untracked,
} from "@preact/signals";
import { linkedRecord } from "../state/location.ts";
import type { Cell } from "./confusion-table.tsx";
import { type Drawing, drawingFrom, drawingText, EMPTY, pictureOf } from "./drawing.ts";
import type { Answer } from "./net.ts";
import { makeSession, type Session } from "./session.ts";
import { type DigitsRecord, digitsLink, settingOf } from "./setting.ts";

export interface DigitsState {
  readonly record: Signal<DigitsRecord>;
  readonly session: Session;
  readonly drawing: ReadonlySignal<Drawing>;
  /** Whether the link's drawing could not be read. */
  readonly drawingIsDamaged: ReadonlySignal<boolean>;
  /** The 28 × 28 picture that the network gets; null for an empty pad. */
  readonly picture: ReadonlySignal<Uint8Array | null>;
  /** The network's answer to it; null without a picture or a network. */
  readonly answer: ReadonlySignal<Answer | null>;
  /** Whose score the saliency is of; null: the likeliest. */
  readonly digit: Signal<number | null>;
  /** The unit of the first layer that is enlarged. */
  readonly unit: Signal<number>;
  /** The cell of the confusion matrix that is open. */
  readonly cell: Signal<Cell | null>;
  /** Puts something on the pad; while it grows it stays out of the link. */
  draw(drawing: Drawing, done: boolean): void;
  change(changed: Partial<DigitsRecord>): void;
  load(): void;
  pick(files: readonly File[]): void;
  /** Trains, or goes on. */
  run(): void;
  /** A new network from the same seed, trained at once. */
  restart(): void;
}

let state: DigitsState | null = null;

/** The state of the room; the same for ever. */
export function digitsState(): DigitsState {
  state ??= makeState();
  return state;
}

function makeState(): DigitsState {
  const record = linkedRecord("digits", digitsLink);
  const session = makeSession();
  const growing = signal<Drawing | null>(null);
  const linked = computed(() => drawingFrom(record.value.drawing));
  const drawing = computed(() => growing.value ?? linked.value ?? EMPTY);
  const images = computed(() => (session.data.value.status === "loaded" ? session.data.value.images : null));
  const picture = computed(() => pictureOf(drawing.value, images.value));
  const digit = signal<number | null>(null);
  /** Training was asked for before there was a network. */
  let wanted = false;

  effect(() => session.look(picture.value, digit.value));

  const setting = computed(() => JSON.stringify(settingOf(record.value)));
  effect(() => {
    void setting.value;
    if (images.value === null) return;
    untracked(() => {
      session.build(settingOf(record.value));
      if (wanted) session.run(record.value.epochs);
      wanted = false;
    });
  });

  return {
    record,
    session,
    drawing,
    drawingIsDamaged: computed(() => linked.value === null),
    picture,
    answer: computed(() => (picture.value && session.built.value ? session.answer.value : null)),
    digit,
    unit: signal(0),
    cell: signal(null),
    draw(next, done) {
      batch(() => {
        growing.value = done ? null : next;
        if (done) record.value = { ...record.peek(), drawing: drawingText(next) };
      });
    },
    change(changed) {
      record.value = { ...record.peek(), ...changed };
    },
    load() {
      wanted = true;
      session.load(document.baseURI);
    },
    pick(files) {
      wanted = true;
      session.pick(files);
    },
    run: () => session.run(record.peek().epochs),
    restart() {
      session.build(settingOf(record.peek()));
      session.run(record.peek().epochs);
    },
  };
}

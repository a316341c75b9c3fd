/**
 * Threads from the active cell to the cells it was computed from, drawn over the sheet: one frame and one line for each
 * value. Measured from the page after it is drawn; what an excerpt does not show is not reached.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { dependence, sheets } from "./model.ts";

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Thread {
  readonly label: string;
  readonly frame: Frame;
  readonly path: string;
}

export function Links() {
  const ref = useRef<SVGSVGElement>(null);
  const [threads, setThreads] = useState<readonly Thread[]>([]);
  const from = dependence.value;
  const shown = sheets.value;
  useEffect(() => {
    const sheet = ref.current?.parentElement;
    if (!sheet) return;
    let request = 0;
    const later = () => {
      cancelAnimationFrame(request);
      request = requestAnimationFrame(() => setThreads(measure(sheet)));
    };
    later();
    // Formulas come when they are set, and move what stands beside them.
    const observer = new ResizeObserver(later);
    for (const part of [sheet, ...sheet.querySelectorAll("[data-block]")]) observer.observe(part);
    return () => {
      cancelAnimationFrame(request);
      observer.disconnect();
    };
  }, [from, shown]);
  return (
    <svg ref={ref} class="links" aria-hidden="true">
      {threads.map(({ label, frame, path }) => (
        <g key={label}>
          <path d={path} />
          <rect {...frame} rx={5} />
        </g>
      ))}
    </svg>
  );
}

const MARGIN = 2;

function measure(sheet: Element): Thread[] {
  const target = sheet?.querySelector(".active[data-at]");
  if (!target) return [];
  const origin = sheet.getBoundingClientRect();
  const end = target.getBoundingClientRect();
  const found: Thread[] = [];
  for (const block of sheet.querySelectorAll<HTMLElement>("[data-block]")) {
    const rects = [...block.querySelectorAll(".used[data-at]")].map((c) => c.getBoundingClientRect());
    if (rects.length === 0) continue;
    const left = Math.min(...rects.map((r) => r.left)) - origin.left - MARGIN;
    const right = Math.max(...rects.map((r) => r.right)) - origin.left + MARGIN;
    const top = Math.min(...rects.map((r) => r.top)) - origin.top - MARGIN;
    const bottom = Math.max(...rects.map((r) => r.bottom)) - origin.top + MARGIN;
    const frame = { x: left, y: top, width: right - left, height: bottom - top };
    const centre = {
      x: (end.left + end.right) / 2 - origin.left,
      y: (end.top + end.bottom) / 2 - origin.top,
    };
    found.push({ label: block.dataset.block ?? "", frame, path: thread(frame, centre, end.height / 2) });
  }
  return found;
}

/** From the edge of the frame that faces the cell, in one bow. */
function thread(frame: Frame, to: { readonly x: number; readonly y: number }, half: number): string {
  const middle = frame.x + frame.width / 2;
  const below = to.y > frame.y + frame.height;
  const above = to.y < frame.y;
  if (below || above) {
    const start = below ? frame.y + frame.height : frame.y;
    const end = below ? to.y - half : to.y + half;
    const bend = (start + end) / 2;
    return `M${middle},${start} C${middle},${bend} ${to.x},${bend} ${to.x},${end}`;
  }
  const isRight = to.x > middle;
  const start = isRight ? frame.x + frame.width : frame.x;
  const y = frame.y + frame.height / 2;
  const lift = Math.min(frame.y, to.y) - 24;
  const bend = (start + to.x) / 2;
  return `M${start},${y} C${bend},${lift} ${bend},${lift} ${to.x},${to.y - half}`;
}

/**
 * Long texts made short enough for links: deflated, in the letters that need no escape. Short ones stay readable.
 *
 * A text that would unpack to more than a megabyte is refused: nobody's link may fill somebody's memory.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";

const MARK = "z.";
const WORTH_IT = 120;
const MOST_BYTES = 1_000_000;

/** @example pack("short") // "short" */
export function pack(text: string): string {
  if (text.length < WORTH_IT && !text.startsWith(MARK)) return text;
  const packed = MARK + base64url(deflateSync(strToU8(text), { level: 9 }));
  return packed.length < text.length || text.startsWith(MARK) ? packed : text;
}

/** The text that was packed; null if it is damaged or too long. */
export function unpack(packed: string): string | null {
  if (!packed.startsWith(MARK)) return packed;
  try {
    return strFromU8(inflate(bytesOf(packed.slice(MARK.length))));
  } catch {
    return null;
  }
}

function inflate(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const stream = new Inflate((part, final) => {
    total += part.length;
    if (total > MOST_BYTES) throw new RangeError("too long");
    parts.push(part);
    ended = final;
  });
  // In small pieces, so that a text that grows without end is noticed before it has filled the memory.
  for (let at = 0; at < bytes.length; at += 1024)
    stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length);
  if (!ended) throw new RangeError("cut off");
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

/** The worker of the lessons: everything they train and compute happens here, one request after the other. */
import { UsageError } from "papergrad";
import { both, type Text } from "../language.ts";
import { desk } from "./desk.ts";
import type { Ask, Reply, RequestName, Requests } from "./protocol.ts";

/** The library speaks English; its sentence is shown as it is. */
const textOf = (error: unknown): Text =>
  error instanceof UsageError
    ? both(() => error.message)
    : {
        en: `The lesson made a mistake: ${String(error)}. Please report it with this page's address.`,
        zh: `课程内部出错：${String(error)}。请连同本页地址一并反馈。`,
      };

async function replyTo<K extends RequestName>({ id, name, ask }: Ask<K>): Promise<Reply> {
  try {
    const handler: (ask: Requests[K]["ask"]) => unknown = desk[name];
    return { id, answer: (await handler(ask)) as Requests[K]["answer"] };
  } catch (error) {
    return { id, refused: textOf(error) };
  }
}

let queue: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<Ask>) => {
  queue = queue.then(async () => self.postMessage(await replyTo(data)));
};

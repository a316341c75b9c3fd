/** Lets timers, progress bars and Ctrl-C through between two pieces of a long run. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
}

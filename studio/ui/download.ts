/** Files out of the page. */

/** Offers a file to the browser, which saves it or asks where to. */
export function download(
  name: string,
  content: Blob | string | Uint8Array<ArrayBuffer>,
  type = "text/plain",
): void {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads the address a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name that any file system takes. */
export const fileName = (...parts: readonly string[]): string =>
  parts
    .join("-")
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, "-")
    .replaceAll(/-+/g, "-");

/** Saves what a panel shows as a PNG: its canvases, one over the other, on the colour of the page's panels. */
import type { Text } from "../language.ts";
import { Button } from "../ui/button.tsx";
import { download } from "../ui/download.ts";
import { SaveIcon } from "./icons.tsx";

interface Props {
  /** Name of the file without its end. */
  readonly name: string;
  readonly label: Text;
  /** The element that holds the canvases. */
  readonly of: () => HTMLElement;
}

export function SavePicture({ name, label, of }: Props) {
  return <Button label={label} icon={<SaveIcon />} kind="quiet" onClick={() => void save(name, of())} />;
}

async function save(name: string, box: HTMLElement): Promise<void> {
  const layers = [...box.querySelectorAll<HTMLCanvasElement>("canvas.layer")];
  const canvas = document.createElement("canvas");
  canvas.width = layers[0]!.width;
  canvas.height = layers[0]!.height;
  const context = canvas.getContext("2d")!;
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--panel");
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const layer of layers) context.drawImage(layer, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob) download(`${name}.png`, blob);
}

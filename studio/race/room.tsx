/** The room is not built yet. */
import { t } from "../language.ts";

export function Room() {
  return <p class="quiet">{t({ en: "This room is being built.", zh: "这个房间正在建设中。" })}</p>;
}

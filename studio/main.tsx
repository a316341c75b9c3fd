/**
 * The studio: reads preferences and address, shows the shell.
 *
 * How a room is added: write `studio/NAME/room.tsx` with `export function Room()`, and one line in `app/rooms.ts`
 * (id, title, lazy import). The shell gives it the page below the header, with its title as the h1 (unseen). A room takes its record with
 * `linkedExperiment(id)` (`state/location.ts`), trains it with `createSession` (`train/session.ts`) made once at the
 * top of its module or in a hook, and draws what the session's signals say. Texts are `Text`s read with `t`
 * (`language.ts`); controls come from `ui/`, colours from `app/theme.css`; pictures offer `exportPicture`
 * (`ui/picture.ts`). Its test opens it with `test/studio/browser.ts`.
 */
import { render } from "preact";
import { rooms } from "./app/rooms.ts";
import { Shell } from "./app/shell.tsx";
import { askedFor, followLocation } from "./state/location.ts";
import { keepPreferences, watchDarkness } from "./state/preferences.ts";
import "./app/theme.css";

keepPreferences(askedFor("lang"));
watchDarkness();
followLocation(rooms[0]!.id);
render(<Shell />, document.getElementById("app")!);

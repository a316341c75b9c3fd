/**
 * What a reader prefers, kept in the browser: language and light or dark. Not part of an experiment, so not of a link;
 * but a link may ask for a language (`lang=zh`).
 */
import { effect, signal } from "@preact/signals";
import { type Language, language } from "../language.ts";

export type Theme = "system" | "light" | "dark";

/** "system" follows what the reader's system says. */
export const theme = signal<Theme>("system");

const isTheme = (value: unknown): value is Theme =>
  value === "system" || value === "light" || value === "dark";
const isLanguage = (value: unknown): value is Language => value === "en" || value === "zh";

/** A browser may refuse its storage: preferences then last as long as the page. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(`papergrad/${key}`);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(`papergrad/${key}`, value);
  } catch {
    // See `stored`.
  }
}

/** Reads them, and from now on keeps page and storage as they are. `asked`: the language a link asks for. */
export function keepPreferences(asked: string | null): void {
  const own = stored("language");
  const usual: Language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  language.value = isLanguage(asked) ? asked : isLanguage(own) ? own : usual;
  const ownTheme = stored("theme");
  if (isTheme(ownTheme)) theme.value = ownTheme;
  effect(() => {
    document.documentElement.lang = language.value === "zh" ? "zh-Hans" : "en";
    store("language", language.value);
  });
  effect(() => store("theme", theme.value));
}

/** Whether the page is dark now; changes with the system where the reader follows it. */
export const dark = signal(false);

/** Keeps `dark` and the page's colours right. */
export function watchDarkness(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const systemDark = signal(system.matches);
  system.addEventListener("change", () => {
    systemDark.value = system.matches;
  });
  effect(() => {
    dark.value = theme.value === "dark" || (theme.value === "system" && systemDark.value);
    document.documentElement.dataset.theme = dark.value ? "dark" : "light";
  });
}

/**
 * Colours of the pictures, for light and dark pages.
 *
 * `auto` writes CSS variables (`--pg-ink`, …) with the light value as fallback, and a rule that gives them their
 * dark values where the reader prefers dark (never in print); a page may set the variables itself.
 * `light` and `dark` write plain colours, for viewers without CSS variables. The series colours start with those
 * of Okabe & Ito (2008), darkened or lightened for contrast; shapes tell classes apart without any colour.
 */

/** Which page the picture is for. */
export type Theme = "auto" | "light" | "dark";

/** The colours a picture is drawn with; each is a CSS colour or `var(--pg-…)`. */
export interface Colors {
  readonly ink: string;
  readonly soft: string;
  readonly grid: string;
  readonly axis: string;
  readonly paper: string;
  readonly good: string;
  readonly bad: string;
  readonly negative: string;
  readonly positive: string;
  readonly series: readonly string[];
}

export const LIGHT: Colors = {
  ink: "#1f2328",
  soft: "#57606a",
  grid: "#e3e6ea",
  axis: "#8c959f",
  paper: "#ffffff",
  good: "#00734f",
  bad: "#c2410c",
  negative: "#0072b2",
  positive: "#d55e00",
  series: [
    "#0072b2",
    "#d55e00",
    "#009e73",
    "#a8478c",
    "#56a8dc",
    "#c98a00",
    "#5b4db1",
    "#7f7f7f",
    "#8c5a2b",
    "#00868b",
  ],
};

export const DARK: Colors = {
  ink: "#e6edf3",
  soft: "#9aa4b0",
  grid: "#2c333b",
  axis: "#6e7681",
  paper: "#12161c",
  good: "#2fcf9f",
  bad: "#ff8a4c",
  negative: "#4aa8e8",
  positive: "#ff8a4c",
  series: [
    "#4aa8e8",
    "#ff8a4c",
    "#2fcf9f",
    "#e58fc5",
    "#8fd0ff",
    "#f2bd3a",
    "#a79bff",
    "#b0b6bd",
    "#d0a06a",
    "#3cc8cc",
  ],
};

/** Every colour under its CSS variable's name. */
const entries = (colors: Colors): [string, string][] => [
  ...Object.entries(colors)
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .map(([name, color]): [string, string] => [`--pg-${name}`, color]),
  ...colors.series.map((color, i): [string, string] => [`--pg-s${i}`, color]),
];

/** CSS declarations that set the variables of `auto` pictures. */
export const themeVariables = (colors: Colors): string =>
  entries(colors)
    .map(([name, color]) => `${name}:${color}`)
    .join(";");

const variable = (name: string, light: string): string => `var(--pg-${name},${light})`;

const AUTO: Colors = {
  ink: variable("ink", LIGHT.ink),
  soft: variable("soft", LIGHT.soft),
  grid: variable("grid", LIGHT.grid),
  axis: variable("axis", LIGHT.axis),
  paper: variable("paper", LIGHT.paper),
  good: variable("good", LIGHT.good),
  bad: variable("bad", LIGHT.bad),
  negative: variable("negative", LIGHT.negative),
  positive: variable("positive", LIGHT.positive),
  series: LIGHT.series.map((color, i) => variable(`s${i}`, color)),
};

/**
 * The colours of a theme.
 * @example themeColors("light").paper // "#ffffff"
 */
export const themeColors = (theme: Theme): Colors =>
  theme === "light" ? LIGHT : theme === "dark" ? DARK : AUTO;

/** The `<style>` an `auto` picture carries, so that it also works alone; the rules have no weight of their own. */
export const themeStyle = (theme: Theme): string =>
  theme === "auto"
    ? `<style>@media screen and (prefers-color-scheme:dark){:where(.pg-plot){${themeVariables(DARK)}}}</style>`
    : "";

/** Colour of series or class `index`; repeats after ten. */
export const seriesColor = (colors: Colors, index: number): string =>
  colors.series[index % colors.series.length] as string;

/** Fonts of pictures and pages; Chinese included, nothing is fetched. */
export const FONT =
  "system-ui,-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";

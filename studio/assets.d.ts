// What Vite makes of files that are not TypeScript.
declare module "*.css" {}

declare module "virtual:label-sources" {
  /** `file#function` → where it stands and what it says (scripts/label-sources.ts). */
  export const labelSources: Readonly<
    Record<string, { readonly file: string; readonly line: number; readonly text: string }>
  >;
}

/**
 * The style sheet and the one small script of an HTML report.
 *
 * Light and dark by the reader's preference, one column of readable width with the contents beside it on wide
 * screens, tables that scroll by themselves, a print style. The script only switches languages; its SHA-256 stands in
 * the page's content security policy, so no other script can run (a test checks that the hash is right).
 */
import { DARK, FONT, LIGHT, themeVariables } from "./theme.ts";

const light = `${themeVariables(LIGHT)};--card:#f6f8fa;--line:#d8dee4;--link:#0550ae;--accent:#0072b2;color-scheme:light`;
const dark = `${themeVariables(DARK)};--card:#1a2029;--line:#2f3843;--link:#7cc0ff;--accent:#4aa8e8;color-scheme:dark`;

/** CSS of the page. */
export const REPORT_STYLE = `
:root{${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--pg-paper);color:var(--pg-ink);font:16px/1.65 ${FONT}}
.page{max-width:48rem;margin:0 auto;padding:2.5rem 1.25rem 5rem}
header{margin-bottom:2rem}
h1{font-size:2rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 .75rem}
h2{font-size:1.4rem;line-height:1.35;margin:3rem 0 1rem;padding-top:1rem;border-top:1px solid var(--line);scroll-margin-top:.5rem}
h1 [lang],h2 [lang]{display:inline}
[lang=zh-Hans]{line-break:strict;text-spacing-trim:normal}
main>section:first-child h2{margin-top:0}
p{margin:0 0 1rem}
p[lang=en]+p[lang=zh-Hans]{margin-top:-.6rem;color:var(--pg-soft)}
[data-lang] p[lang]{margin-top:0!important;color:inherit!important}
a{color:var(--link);text-underline-offset:.2em}
a:focus-visible,button:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.dot{color:var(--pg-soft)}
html[data-lang=en] [lang=zh-Hans],html[data-lang=zh] body [lang=en],html[data-lang] .dot{display:none!important}
.languages{display:inline-flex;border:1px solid var(--line);border-radius:.5rem;overflow:hidden}
.languages[hidden]{display:none}
.languages button{font:inherit;font-size:.875rem;padding:.3rem .9rem;min-height:2.25rem;border:0;background:none;color:var(--pg-soft);cursor:pointer}
.languages button[aria-pressed=true]{background:var(--accent);color:var(--pg-paper);font-weight:600}
nav.contents{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.25rem;margin:1.5rem 0;font-size:.95rem}
nav.contents p{margin:0 0 .3rem;font-weight:600}
nav.contents ol{margin:0;padding-left:1.4rem}
nav.contents li{margin:.15rem 0}
nav.contents a{text-decoration:none}
nav.contents a:hover{text-decoration:underline}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.925rem;line-height:1.45;min-width:50%;margin:.25rem 0 1.5rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--pg-soft);padding:.25rem 0 .5rem;font-size:.9rem}
th,td{padding:.4rem .85rem;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
td:nth-child(2){min-width:11rem}
th{border-bottom:2px solid var(--pg-axis);font-weight:600;white-space:nowrap}
tbody tr:hover{background:var(--card)}
.n{text-align:right;white-space:nowrap}
.good{color:var(--pg-good)}
.bad{color:var(--pg-bad);font-weight:600}
.muted{color:var(--pg-soft)}
figure{margin:1.5rem 0}
figure svg.pg-plot{max-width:100%;height:auto;display:block}
figure img{max-width:100%;height:auto;display:block;border:1px solid var(--line);border-radius:.4rem}
figcaption{color:var(--pg-soft);font-size:.9rem;margin-top:.5rem;line-height:1.5}
.line{display:block}
pre{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,'Noto Sans Mono CJK SC',monospace;background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.85rem 1rem;overflow-x:auto;margin:0 0 1.25rem;tab-size:4}
.formula{margin:0 0 1.25rem;padding:.6rem 1rem;border-left:3px solid var(--line)}
pre.formula{background:none;border-width:0 0 0 3px;border-radius:0}
math{font-size:1.1em}
details{border:1px solid var(--line);border-radius:.5rem;padding:0 1rem;margin:0 0 1.25rem}
summary{cursor:pointer;padding:.6rem 0;font-weight:600}
details[open]>summary{margin-bottom:.5rem}
.note{border:1px solid var(--line);border-left:5px solid var(--pg-axis);border-radius:.4rem;background:var(--card);padding:.8rem 1.1rem;margin:0 0 1.25rem}
.note p{margin:0 0 .4rem}
.note p:last-child{margin-bottom:0}
.note p[lang=en]+p[lang=zh-Hans]{margin-top:0}
.note-A{border-left-color:var(--pg-bad)}
.note-B{border-left-color:var(--pg-s5)}
.badge{font-size:.875rem}
.badge b{font-family:ui-monospace,Menlo,Consolas,monospace}
.effect{color:var(--pg-soft)}
.note-A .effect{color:var(--pg-bad)}
@media (min-width:76rem){
.page{max-width:70rem;display:grid;grid-template-columns:15rem minmax(0,48rem);column-gap:3.5rem}
header,main{grid-column:2}
nav.contents{grid-column:1;grid-row:1/span 2;align-self:start;position:sticky;top:1.5rem;max-height:calc(100vh - 3rem);overflow:auto;margin:0;font-size:.9rem}
}
@media (max-width:34rem){body{font-size:15px}h1{font-size:1.6rem}.page{padding-top:1.25rem}th,td{padding:.35rem .55rem}}
@media print{body{font-size:10.5pt}.page{display:block;max-width:none;padding:0}.languages,nav.contents{display:none!important}.scroll{overflow:visible}pre{white-space:pre-wrap}h2{break-after:avoid;border-top:0}figure,.note,tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
`.trim();

/** Switches between the languages; starts with the reader's own. */
export const REPORT_SCRIPT = `
(function(){
var root=document.documentElement,box=document.querySelector(".languages");
if(!box)return;
function show(language){
if(language==="both")root.removeAttribute("data-lang");else root.setAttribute("data-lang",language);
root.lang=language==="zh"?"zh-Hans":"en";
box.querySelectorAll("button").forEach(function(b){b.setAttribute("aria-pressed",String(b.value===language));});
}
box.addEventListener("click",function(e){if(e.target.value)show(e.target.value);});
box.hidden=false;
show(/^zh/i.test(navigator.language||"")?"zh":"en");
})();
`.trim();

/** SHA-256 of REPORT_SCRIPT, as a content security policy names it. */
export const REPORT_SCRIPT_HASH = "sha256-BH5K/rwAAqgVJMLYBtq/0lcyQV3QcotSKBj2RPDjx84=";

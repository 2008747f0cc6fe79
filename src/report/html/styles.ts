/** The one style block of the report. Its digest stands in the content security policy: see `STYLE_SHA256`. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #f7f7f5; --sheet: #fff; --ink: #1b1d1f; --quiet: #585e64; --line: #dfe1e3; --wash: #f1f2f2;
  --good: #18794e; --bad: #b42318; --open: #865300; --plain: #585e64;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #111315; --sheet: #191c1f; --ink: #e9ebed; --quiet: #a2aab1; --line: #32373c; --wash: #22262a;
    --good: #5ecf98; --bad: #ff8b7c; --open: #f0bf5a; --plain: #a2aab1;
  }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
p, li, dt, dd, td, th, h1, h2, h3, code { unicode-bidi: isolate; }
code { font: 0.86em/1.5 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace; }
a { color: inherit; text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--open); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--sheet); padding: 0.5rem 1rem; }
.page { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
.pass { --tone: var(--good); } .fail, .error { --tone: var(--bad); }
.inconclusive { --tone: var(--open); } .not-applicable { --tone: var(--plain); }
.good { --tone: var(--good); } .bad { --tone: var(--bad); } .open { --tone: var(--open); } .plain { --tone: var(--ink); }

.demo { margin: 0 0 1.5rem; padding: 0.6rem 1rem; border: 2px dashed var(--open); color: var(--open); font-weight: 600; }
.verdict { background: var(--sheet); border: 1px solid var(--line); border-top: 6px solid var(--tone); border-radius: 6px; padding: 2rem; }
h1 { margin: 0; font-size: clamp(1.5rem, 4.5vw, 2.15rem); line-height: 1.2; letter-spacing: -0.02em; font-weight: 650; display: flex; gap: 0.8rem; align-items: flex-start; }
.seal { flex: none; width: 1.25em; height: 1.25em; display: grid; place-items: center; font-size: 0.9em; border-radius: 50%; background: var(--tone); color: var(--sheet); }
.decision { margin: 1rem 0 0.4rem; font-size: 1.15rem; max-width: 46rem; }
.terms { margin: 0 0 1.75rem; color: var(--quiet); font-size: 0.9rem; }
dl, dd { margin: 0; }
.card { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 1px; background: var(--line); border: 1px solid var(--line); }
.card > div { background: var(--sheet); padding: 0.75rem 1rem; flex: 1; }
.card dt { color: var(--quiet); font-size: 0.8rem; }
.card dd { color: var(--tone); font-weight: 550; }
.detail { display: block; color: var(--quiet); font-size: 0.8rem; font-weight: 400; line-height: 1.4; }
.sign { display: inline-block; min-width: 1em; }

nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 1.25rem 0 0; padding: 0; font-size: 0.9rem; color: var(--quiet); }
section { margin-top: 3.25rem; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 0 0 1rem; font-weight: 620; }
h3 { margin: 0; font-size: 1.05rem; line-height: 1.4; font-weight: 600; }
.count { color: var(--quiet); font-weight: 400; margin-left: 0.25em; }
.none { color: var(--quiet); }

.questions > div, .provenance > div { display: grid; grid-template-columns: 17rem 1fr; gap: 0 1.5rem; padding: 0.7rem 0; border-top: 1px solid var(--line); }
.questions dt, .provenance dt { font-weight: 550; grid-row: 1 / span 20; }
.provenance > div { grid-template-columns: 10rem 1fr; font-size: 0.92rem; }
.questions dd, .provenance dd { grid-column: 2; }

.gates { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17.5rem, 100%), 1fr)); gap: 1rem; list-style: none; margin: 0; padding: 0; }
.gate { background: var(--sheet); border: 1px solid var(--line); border-top: 3px solid var(--tone); border-radius: 4px; padding: 1rem 1.1rem; }
.gate p { margin: 0.35rem 0 0; font-size: 0.9rem; }
.gate p:first-child { margin: 0 0 0.5rem; }
.question { color: var(--quiet); }
.badge { color: var(--tone); font-size: 0.75rem; font-weight: 700; letter-spacing: 0.05em; white-space: nowrap; }

.finding { background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 4px; padding: 1.25rem 1.5rem; margin-bottom: 1rem; }
.finding .id { margin: 0 0 0.3rem; color: var(--quiet); }
.message { margin: 0.35rem 0 0.75rem; }
.scale { display: block; width: 100%; max-width: 40rem; height: auto; margin: 0.75rem 0; }
.scale text { font-size: 13px; fill: var(--ink); }
.scale .axis { stroke: var(--line); stroke-width: 4; stroke-linecap: round; }
.scale .gap { stroke: var(--tone); stroke-width: 4; }
.scale .limit { stroke: var(--ink); stroke-width: 2; }
.scale .observed { fill: var(--tone); }
.scale .estimate { fill: var(--sheet); stroke: var(--tone); stroke-width: 2; }
.graph { display: block; width: 100%; height: auto; }
.graph rect { fill: var(--sheet); stroke: var(--line); stroke-width: 1.5; }
.graph .workload rect { stroke: var(--ink); stroke-width: 2; }
.graph .label { font-size: 15px; font-weight: 600; fill: var(--ink); }
.graph .zone { font-size: 12px; fill: var(--quiet); }
.graph path { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
.graph .boundary { stroke: var(--open); stroke-width: 3; }
.graph .fallback { stroke-dasharray: 7 5; }
figure { margin: 0; }
figcaption { margin-top: 0.5rem; color: var(--quiet); font-size: 0.85rem; }
.facts { margin: 0.75rem 0; font-size: 0.9rem; }
.facts > div { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 1rem; padding: 0.12rem 0; }
.facts dt { color: var(--quiet); }
.facts dd { grid-column: 2; }
.steps { margin: 0.5rem 0; padding-left: 1.4rem; }
.retest { margin: 0.75rem 0 0; padding-top: 0.75rem; border-top: 1px solid var(--line); font-size: 0.9rem; }
.retest code { background: var(--wash); padding: 0.15rem 0.45rem; border-radius: 3px; }
.keeps { margin: 0.75rem 0 0; color: var(--quiet); font-size: 0.9rem; }
ul.open { margin: 0.2rem 0 0; padding-left: 1.2rem; color: var(--ink); font-size: 0.92rem; }

.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.92rem; }
caption { text-align: left; color: var(--quiet); padding: 1rem 0 0.4rem; }
th, td { text-align: left; vertical-align: top; padding: 0.6rem 0.75rem 0.6rem 0; border-top: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--quiet); font-size: 0.8rem; border-top: 0; white-space: nowrap; }
.number { text-align: right; padding-left: 1rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.drilled { margin: -0.4rem 0 0.8rem; color: var(--quiet); font-size: 0.92rem; }
.matrix th, .matrix td { padding-top: 0.4rem; padding-bottom: 0.4rem; vertical-align: middle; }
.matrix th:first-child { position: sticky; left: 0; background: var(--paper); white-space: nowrap; }
.matrix .outcome { white-space: normal; overflow-wrap: normal; }
.outcome { text-align: center; padding-left: 0.4rem; padding-right: 0.4rem; }
td.outcome b { display: inline-block; min-width: 2.2em; padding: 0.05em 0.5em; border: 1px solid var(--tone); border-radius: 999px; color: var(--tone); font-weight: 600; font-variant-numeric: tabular-nums; }
td.outcome.plain { --tone: var(--quiet); }
.views td { min-width: 9rem; overflow-wrap: break-word; }
.authority td { overflow-wrap: break-word; }
.authority td:first-child { min-width: 8rem; }
.views td:nth-child(2) { min-width: 0; white-space: nowrap; }
summary { cursor: pointer; }
summary code { color: var(--quiet); }
.advisory { color: var(--quiet); font-size: 0.75rem; }
details p { margin: 0.5rem 0; }
#limits { color: var(--quiet); }
footer { margin-top: 3.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.85rem; }

@media (max-width: 40rem) {
  .page { padding: 1rem 0.75rem 2rem; }
  .verdict, .finding { padding: 1.1rem; }
  .questions > div, .provenance > div, .facts > div { grid-template-columns: 1fr; }
  .questions dd, .provenance dd, .facts dd { grid-column: 1; }
  .questions dt, .provenance dt { grid-row: auto; }
  .scale text { font-size: 20px; }
}
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --ink: #000; --quiet: #444; --line: #bbb; --wash: #fff; --good: #18794e; --bad: #b42318; --open: #865300; --plain: #444; }
  body { font-size: 10pt; }
  .page { padding: 0; max-width: none; }
  nav, .skip { display: none; }
  section { margin-top: 1.5rem; }
  .finding, .gate, tr, .card > div { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
`;

/** Base64 of the SHA-256 of `STYLE`; a constant because a report is rendered without node:crypto. A test holds it. */
export const STYLE_SHA256 = 'wfVWzO+AqwmBN7bxyI1ep5GvDB3b1jCTCjDyW4A8lCU=';

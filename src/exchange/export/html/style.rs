//! How the page looks, on a screen and on paper.

pub(super) const STYLE: &str = "\
:root { color-scheme: light; --text: #1b1f27; --muted: #586072; --line: #d9dde5; --accent: #1f5fbf; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--text); font: 16px/1.5 \"IBM Plex Sans\", \"Noto Sans\", system-ui, sans-serif; }
main { max-width: 860px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 16px; }
h2 { font-size: 1.4rem; margin: 48px 0 12px; border-bottom: 1px solid var(--line); padding-bottom: 4px; }
h3 { font-size: 1.1rem; margin: 28px 0 4px; }
h4 { font-size: 1rem; margin: 20px 0 4px; }
p { margin: 8px 0; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; background: #fff; padding: 8px; }
nav { display: flex; flex-wrap: wrap; gap: 8px 20px; margin-top: 20px; }
dl { margin: 12px 0; }
dl div { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 12px; padding: 3px 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 12px 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
figure { margin: 16px 0; }
figure svg { display: block; width: 100%; height: auto; }
.n { text-align: right; }
.best { font-weight: 600; }
.meta, .small { color: var(--muted); font-size: 0.9rem; }
.claims { padding-left: 1.4rem; }
.claims li { margin: 8px 0; }
blockquote { margin: 4px 0; padding: 2px 0 2px 12px; border-left: 3px solid var(--line); }
cite { font-style: normal; color: var(--muted); font-size: 0.9rem; display: block; }
article { break-inside: avoid-page; }
pre, code { font-family: \"IBM Plex Mono\", ui-monospace, monospace; font-size: 0.9em; overflow-wrap: anywhere; }
footer { margin-top: 48px; color: var(--muted); font-size: 0.9rem; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4 { break-after: avoid; }
  figure, tr, li { break-inside: avoid; }
  @page { margin: 18mm; }
}
";

import { html, markupOf, type Safe, verbatim } from './html.ts';
import { STYLE, STYLE_SHA256 } from './styles.ts';

/** Nothing is loaded, nothing runs, and only the one style sheet applies, even if an escape were missed. */
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_SHA256}'; base-uri 'none'; form-action 'none'`;

/** One self-contained page without script: complete on paper, without network and in any browser. */
export function htmlPage(title: string, body: Safe): string {
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(POLICY)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${verbatim(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`);
}

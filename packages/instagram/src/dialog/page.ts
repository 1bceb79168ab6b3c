import type { Assets } from './assets.ts'
import { directionOf, type Language } from './languages.ts'

export interface Page {
  title: string
  language: Language
  /** Source file of the script, as the build names it. */
  script: string
  /** Source files that will be needed right away. */
  preload?: readonly string[]
  /** Path before every route of ours, without a slash at its end. */
  base: string
  customCss?: string | undefined
  /** Given to the script as JSON; no script is inline. */
  config: unknown
}

/** A page of ours: a script, its styles and its configuration, and nothing that runs by being written here. */
export function renderPage (assets: Assets, page: Page): string {
  const { script, styles } = assets.entry(page.script)
  const at = (file: string) => `${page.base}/dialog/assets/${file}`
  const head = [
    ...styles.map(file => `<link rel="stylesheet" href="${at(file)}">`),
    ...(page.customCss === undefined ? [] : [`<link rel="stylesheet" href="${escapeHtml(page.customCss)}">`]),
    ...(page.preload ?? []).map(source => `<link rel="modulepreload" href="${at(assets.entry(source).script)}">`),
    `<script type="module" src="${at(script)}"></script>`
  ]
  return `<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.title)}</title>
<link rel="icon" href="data:,">
${head.join('\n')}
</head>
<body>
<script type="application/json" id="config">${JSON.stringify(page.config).replaceAll('<', '\\u003c')}</script>
<div id="app"></div>
</body>
</html>
`
}

function escapeHtml (text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}

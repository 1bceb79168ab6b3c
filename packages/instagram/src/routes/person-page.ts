import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { directionOf, type Language } from '../dialog/languages.ts'
import { languageOf, tellLanguage } from './language.ts'
import { loadPersonTexts } from './person-texts/load.ts'
import type { PersonText, PersonTexts } from './person-texts/texts.ts'

/** A page for a person with one message, e.g. at the end of a sign-in. */
export interface PersonPage extends PersonText {
  /** The sign above the words. */
  mark: keyof typeof MARKS
  /** Script of ours; the page's policy allows exactly this text. */
  script?: string
  /** What the script reads from `document.body.dataset`. */
  data?: Readonly<Record<string, string>>
}

/** Line icons on a grid of 24, in the colour of the text. */
const MARKS = {
  done: 'M5 12.5l4.5 4.5L19 7.5',
  wait: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  alert: 'M12 8v5M12 16.5h.01M10.3 4.2L2.9 17a2 2 0 0 0 1.7 3h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z'
} as const

/** The colours of the dialog. */
const STYLE = ':root{color-scheme:light dark;--paper:#fbfaf8;--ink:#1c1b19;--soft:#65625c;--hollow:#ece8e1;--accent:#b3341f}' +
  '@media(prefers-color-scheme:dark){:root{--paper:#141312;--ink:#f3f0ea;--soft:#a8a299;--hollow:#262421;--accent:#ff8d73}}' +
  '*{box-sizing:border-box}body{display:grid;place-items:center;min-height:100svh;margin:0;padding:24px 24px 12vh;background:var(--paper);color:var(--ink);' +
  "font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',sans-serif}" +
  'main{max-width:30rem;text-align:center;overflow-wrap:anywhere}svg{width:64px;height:64px;padding:18px;border-radius:20px;background:var(--hollow);fill:none;' +
  'stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}.done{color:var(--accent)}' +
  'h1{margin:20px 0 12px;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.018em;text-wrap:balance}p{margin:0;color:var(--soft);text-wrap:pretty}' +
  ':lang(ja){word-break:auto-phrase}@media(forced-colors:active){svg{border:1px solid CanvasText}}'

/** Times in the words of a language. */
interface Times {
  /** A day, in UTC. */
  day: (timeMs: number) => string
  /** How long it takes, such as "in 7 minutes". */
  wait: (seconds: number) => string
}

/**
 * Sends the page in the person's language. Nothing loads into it and nobody may frame it. Its opener stays reachable, whatever the host's
 * other pages say.
 */
export async function sendPersonPage (request: FastifyRequest, reply: FastifyReply, statusCode: number, say: (texts: PersonTexts, times: Times) => PersonPage): Promise<FastifyReply> {
  const language = languageOf(request)
  const page = say(await loadPersonTexts(language), timesIn(language))
  const script = page.script === undefined ? "'none'" : hashSource(page.script)
  tellLanguage(reply, language)
  return reply.code(statusCode).headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; script-src ${script}; style-src ${hashSource(STYLE)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'unsafe-none',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff'
  }).send(render(page, language))
}

function timesIn (language: Language): Times {
  return {
    day: timeMs => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(timeMs),
    wait (seconds) {
      const minutes = Math.ceil(seconds / 60)
      const format = new Intl.RelativeTimeFormat(language)
      return minutes < 120 ? format.format(minutes, 'minute') : format.format(Math.ceil(minutes / 60), 'hour')
    }
  }
}

function render ({ title, message, mark, script, data = {} }: PersonPage, language: Language): string {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`).join('')
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head>
<body${attributes}><main><svg class="${mark}" viewBox="0 0 24 24" aria-hidden="true"><path d="${MARKS[mark]}"/></svg><h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p></main>${
  script === undefined ? '' : `<script>${script}</script>`}</body></html>
`
}

const hashSource = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml (text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}

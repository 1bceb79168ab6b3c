import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'

/** A page for a person with one message, e.g. at the end of a sign-in. */
export interface PersonPage {
  title: string
  message: string
  /** A way on, e.g. to start again. */
  link?: { href: string, text: string }
  /** Script of ours; the page's policy allows exactly this text. */
  script?: string
  /** What the script reads from `document.body.dataset`. */
  data?: Readonly<Record<string, string>>
}

const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1.5rem;color:#1d2330;background:#fff}' +
  'h1{font-size:1.25rem}a{color:#0b57d0}' +
  '@media(prefers-color-scheme:dark){body{color:#e8eaf0;background:#16181d}a{color:#8ab4f8}}'

/** Sends the page. Nothing loads into it and nobody may frame it. Its opener stays reachable, whatever the host's other pages say. */
export function sendPersonPage (reply: FastifyReply, statusCode: number, page: PersonPage): FastifyReply {
  const script = page.script === undefined ? "'none'" : hashSource(page.script)
  return reply.code(statusCode).headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; script-src ${script}; style-src ${hashSource(STYLE)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'unsafe-none',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff'
  }).send(render(page))
}

function render ({ title, message, link, script, data = {} }: PersonPage): string {
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`).join('')
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<body${attributes}><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>${
  link === undefined ? '' : `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>`
}</main>${script === undefined ? '' : `<script>${script}</script>`}</body></html>
`
}

const hashSource = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml (text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '')
}

import { escapeHtml, page } from './page.ts'

/** What Instagram refuses on its own page, the person reads here; nothing goes back to the app. */
export function errorPage (message: string): string {
  return page('Sorry, this page isn’t available', `<h1>${escapeHtml(message)}</h1>
<p>Go back to the app and try again. If it happens again, the people who run the app can see this message and fix its settings.</p>`)
}

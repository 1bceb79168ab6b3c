// The script that pages load as /filepicker.js: defines window.filepicker, replays what was called before, and turns widgets on.
import { createFilepicker } from './api.ts'

interface EarlyFilepicker { hostname?: string, _queue?: Array<[string, unknown[]]> }

const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : window.location.href
const target = window as unknown as { filepicker?: EarlyFilepicker }
const early = target.filepicker ?? {}
const filepicker = createFilepicker(early.hostname ?? new URL('.', script).href.replace(/\/$/, ''))

target.filepicker = Object.assign(early, filepicker)
for (const [name, given] of early._queue ?? []) {
  const method: unknown = Reflect.get(filepicker, name)
  if (typeof method === 'function') method(...given)
}
delete early._queue

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => filepicker.buildWidgets())
else filepicker.buildWidgets()

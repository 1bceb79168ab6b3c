// The hidden page that older clients open before the first dialog, to hear whether cookies work. Ours are partitioned: they do.
const config = JSON.parse(document.getElementById('config')?.textContent ?? '{}') as { origins: string[] }
const message = JSON.stringify({ id: 'cookies', type: 'ThirdPartyCookies', payload: true })
const allowed = [...new Set([...config.origins, window.location.origin])]
const ancestor = window.location.ancestorOrigins?.[0] ?? (URL.canParse(document.referrer) ? new URL(document.referrer).origin : undefined)
const targets = ancestor !== undefined && allowed.includes(ancestor) ? [ancestor] : allowed

for (const origin of targets) window.parent.postMessage(message, origin)

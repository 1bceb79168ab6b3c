/** A page that has loaded our client; `window.results` collects what the callbacks got. */
export function clientPage (origin: string, body = ''): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">
<h1>A page</h1><button id="pick">Pick</button>${body}
<script src="${origin}/filepicker.js"></script>
<script>
filepicker.setKey('default')
window.results = []
</script></html>`
}

/** A page that has loaded the original vendor's client, told to work with our server. */
export function vendorPage (origin: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>An old page</title><link rel="icon" href="data:,">
<h1>An old page</h1><button id="go">Go</button><input type="file" id="file">
<script>window.filepicker = { hostname: '${origin}' }</script>
<script src="/pages/vendor.js"></script>
<script>
filepicker.setKey('default')
window.results = []
const done = name => (...values) => results.push({ name, values })
const failed = name => error => results.push({ name, code: error.code })
</script></html>`
}

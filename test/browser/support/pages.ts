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

/** Frame and style shared by the pages of the emulated `www` host. Nothing on them is taken from Instagram. */
export function page (title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/www/emulator.css">
</head>
<body>
<main>
${content}
</main>
<footer>Instagram emulator · for development, not connected to Instagram</footer>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For text and for quoted attributes. */
export function escapeHtml (text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character] ?? character)
}

/** One style for every page, light and dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #f5f5f4; --card: #fff; --text: #1c1b1a; --soft: #6d6a66; --line: #e4e2df; --accent: #2f5fd7; --on-accent: #fff; --picked: #eef3ff; }
@media (prefers-color-scheme: dark) { :root { --ground: #121212; --card: #1c1c1d; --text: #f3f1ee; --soft: #a5a19b; --line: #333234; --accent: #7da2ff; --on-accent: #0c1530; --picked: #202a43; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; grid-template-rows: 1fr auto; justify-items: center; align-items: center; background: var(--ground); color: var(--text); font: 16px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
main { width: min(100% - 2rem, 27rem); margin: 1.5rem 0; padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 18px; }
h1 { margin: 0 0 .35rem; font-size: 1.3rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 1.4rem 0 .5rem; font-size: .8rem; font-weight: 600; color: var(--soft); }
p { margin: 0; color: var(--soft); }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
.list { border: 1px solid var(--line); border-radius: 12px; overflow: hidden; }
.list label { display: flex; align-items: center; gap: .8rem; min-height: 3.5rem; padding: .5rem .9rem; cursor: pointer; }
.list label + label { border-top: 1px solid var(--line); }
.list label:has(input:checked) { background: var(--picked); }
.list label:has(input:focus-visible) { outline: 2px solid var(--accent); outline-offset: -2px; }
.row { display: flex; align-items: center; gap: .8rem; padding: .6rem .9rem; } .row + .row { border-top: 1px solid var(--line); } .row button { min-height: 2.4rem; padding: 0 .9rem; }
.accounts { max-height: 15.5rem; overflow-y: auto; }
.face { flex: none; width: 2.3rem; height: 2.3rem; border-radius: 50%; display: grid; place-items: center; font-weight: 600; font-size: .85rem; color: #fff; background: var(--tone); }
.tone0 { --tone: #7a5c8e; } .tone1 { --tone: #3f7d72; } .tone2 { --tone: #a3603f; } .tone3 { --tone: #4d6a9c; } .tone4 { --tone: #8a6d2f; } .tone5 { --tone: #9c4a60; }
.who { flex: 1; min-width: 0; } .who b { display: block; font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .who span { color: var(--soft); font-size: .85rem; }
input { flex: none; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }
.grant { flex: 1; }
.actions { display: grid; gap: .6rem; margin-top: 1.5rem; }
button { min-height: 2.9rem; border-radius: 10px; border: 1px solid transparent; font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.allow { background: var(--accent); color: var(--on-accent); } .allow:hover { filter: brightness(1.07); }
.cancel { background: transparent; color: var(--text); border-color: var(--line); } .cancel:hover { background: var(--ground); }
.note { margin-top: 1rem; font-size: .82rem; overflow-wrap: anywhere; }
footer { padding: 0 1rem 1.25rem; color: var(--soft); font-size: .78rem; text-align: center; }
@media (max-width: 30rem) { main { margin: 0; width: 100%; min-height: 100%; border: 0; border-radius: 0; padding: 1.5rem 1.25rem; } body { background: var(--card); } .accounts { max-height: none; } .actions { position: sticky; bottom: 0; padding: .75rem 0; background: var(--card); } }
`

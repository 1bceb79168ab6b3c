import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'

const ROOT = join(import.meta.dirname, '../..')
const pages = ['*.md', 'docs/*.md', 'packages/*/README.md', 'packages/*/docs/*.md', 'packages/*/src/*/README.md'].flatMap(pattern => globSync(pattern, { cwd: ROOT }))

/** What stands in code blocks are no links and no headings. */
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8').replace(/```.*?```/gs, '')

/** As GitHub names headings: lower case, without punctuation, spaces as hyphens. */
const anchorsOf = (page: string): string[] => [...textOf(page).matchAll(/^#+ (.+)$/gm)]
  .map(([, heading = '']) => heading.toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').replaceAll(' ', '-'))

t.test('every link between pages leads to a file, and to a heading of it, that is there', async t => {
  t.ok(pages.length > 10)
  for (const page of pages) {
    for (const [, link = ''] of textOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      t.ok(existsSync(join(ROOT, target)), `${page}: ${link}`)
      if (anchor !== undefined) t.ok(anchorsOf(target).includes(anchor), `${page}: ${link}`)
    }
  }
})

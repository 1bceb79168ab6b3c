import { createHash } from 'node:crypto'
import { fixture } from '@contactsheet/webhooks/testing'

// What events of these sizes are: most are like the first, and large ones come from workflows, which answer for many tasks at once.

/** A stored upload. */
function upload (id: number) {
  const event = fixture('fp.upload', { id })
  const filename = '1579337399020824.jpg'
  return { ...event, text: { ...event.text, filename, container: 'photos', key: `instagram/${id}_${filename}`, status: 'Stored' } }
}

const SENTENCE = 'Light falls through the leaves onto the old wall, and the cat has found the only warm stone in the yard.'

/** What one task of a workflow answers: a copy behind a signed url, or the text that was read from a page. */
function resultOf (n: number) {
  const handle = String(n).padStart(20, 'uydUKAcTSsWB3g5HOsB4')
  const policy = Buffer.from(JSON.stringify({ expiry: 1_559_286_300 + n, call: ['read', 'convert'], handle, maxSize: 10_485_760 })).toString('base64url')
  const signature = createHash('sha256').update(policy).digest('hex')
  return n % 2 === 0
    ? { data: { url: `https://cdn.filestackcontent.com/security=p:${policy},s:${signature}/${handle}`, mimetype: 'image/jpeg', size: 111_175 + n } }
    : { data: { text: `Page ${n}. ${Array.from({ length: 6 }, () => SENTENCE).join(' ')}` } }
}

/** A finished workflow with one result for each of so many tasks. */
function workflow (id: number, tasks: number) {
  const event = fixture('fs.workflow', { id })
  const results = Object.fromEntries(Array.from({ length: tasks }, (_, n) => [`task_${1559199900 + n}`, resultOf(n)]))
  return { ...event, text: { ...event.text, results } }
}

/** A valid event of each size by its name; ids tell them apart. */
export const EVENTS = {
  '300 B': upload,
  '10 KB': (id: number) => workflow(id, 19),
  '200 KB': (id: number) => workflow(id, 404)
} as const

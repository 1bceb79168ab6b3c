import { createHash } from 'node:crypto'
import { fixture } from '@contactsheet/webhooks/testing'

// What events of these sizes are: most are like the first, and large ones come from workflows, which answer for many tasks at once.
//
// How much faster than standardwebhooks one can be depends on what is in a body. Everybody parses JSON with JSON.parse, so many short
// fields make all libraries equal; with long texts the signature decides. The two larger bodies are made so that JSON.parse takes
// about two fifths of a check by hand, as in the bodies for which the goals were set; the table of verify.ts prints the share.

/** A stored upload. */
function upload (id: number) {
  const event = fixture('fp.upload', { id })
  const filename = '1579337399020824.jpg'
  return { ...event, text: { ...event.text, filename, container: 'photos', key: `instagram/${id}_${filename}`, status: 'Stored' } }
}

const SENTENCE = 'Light falls through the leaves onto the old wall, and the cat has found the only warm stone in the yard.'

/** What one task of a workflow answers: a copy behind a signed url, or the text that was read from a page. */
function resultOf (n: number, sentencesPerPage: number) {
  const handle = String(n).padStart(20, 'uydUKAcTSsWB3g5HOsB4')
  const policy = Buffer.from(JSON.stringify({ expiry: 1_559_286_300 + n, call: ['read', 'convert'], handle, maxSize: 10_485_760 })).toString('base64url')
  const signature = createHash('sha256').update(policy).digest('hex')
  return n % 2 === 0
    ? { data: { url: `https://cdn.filestackcontent.com/security=p:${policy},s:${signature}/${handle}`, mimetype: 'image/jpeg', size: 111_175 + n } }
    : { data: { text: `Page ${n}. ${Array.from({ length: sentencesPerPage }, () => SENTENCE).join(' ')}` } }
}

/** A finished workflow with one result for each of so many tasks. */
function workflow (id: number, tasks: number, sentencesPerPage: number) {
  const event = fixture('fs.workflow', { id })
  const results = Object.fromEntries(Array.from({ length: tasks }, (_, n) => [`task_${1559199900 + n}`, resultOf(n, sentencesPerPage)]))
  return { ...event, text: { ...event.text, results } }
}

/** A valid event of each size by its name; ids tell them apart. */
export const EVENTS = {
  '300 B': upload,
  '10 KB': (id: number) => workflow(id, 19, 6),
  '200 KB': (id: number) => workflow(id, 178, 18)
} as const

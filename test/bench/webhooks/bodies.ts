import { fixture } from '@contactsheet/webhooks/testing'

/** Events of 300 bytes, 10 KB and 200 KB, as JSON. */
export const SIZES = { '300 B': 300, '10 KB': 10_240, '200 KB': 204_800 } as const

// A caption as people write them; it is what makes real events large.
const CAPTION = 'Light falls through the leaves onto the old wall, and the cat has found the only warm stone in the yard.'

/** A valid event of about this many bytes: one photo's fields, then captions. */
export function eventOf (bytes: number, id = 1) {
  const event = fixture('fp.upload', { id })
  const room = bytes - JSON.stringify(event).length - '"captions":[],'.length
  const captions = Array.from({ length: Math.ceil(room / (CAPTION.length + 3)) }, () => CAPTION)
  const tooMuch = captions.length * (CAPTION.length + 3) - room
  return { ...event, captions: [...captions.slice(1), CAPTION.slice(tooMuch)] }
}

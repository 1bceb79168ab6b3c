// What the receiver of the host example has verified: kept in a file, and shown to the page as it comes.
import { EventEmitter, on } from 'node:events'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { EventOf } from '@contactsheet/webhooks'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** What the page shows of each webhook that the receiver verified. */
export interface ReceivedWebhook { receivedAt: string, scheme: string, event: EventOf<'fp.upload' | 'fp.converse' | 'fp.delete'> }

export function openWebhookLog (file: string) {
  const received = new EventEmitter<{ webhook: [ReceivedWebhook] }>()
  return {
    /** A handler of the receiver. */
    add (event: ReceivedWebhook['event'], { scheme }: { scheme: string }): void {
      const webhook = { receivedAt: new Date().toISOString(), scheme, event }
      appendFileSync(file, `${JSON.stringify(webhook)}\n`)
      received.emit('webhook', webhook)
    },

    /** A route: all so far, and then each as it comes, as server-sent events. */
    async stream (request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const closed = new AbortController()
      request.raw.on('close', () => closed.abort())
      reply.hijack()
      reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      const write = (line: string): void => { reply.raw.write(`data: ${line}\n\n`) }
      if (existsSync(file)) readFileSync(file, 'utf8').split('\n').filter(line => line !== '').forEach(write)
      try {
        for await (const [webhook] of on(received, 'webhook', { signal: closed.signal })) write(JSON.stringify(webhook))
      } catch {} // the page was closed
    }
  }
}

import type { FastifyInstance } from 'fastify'
import { createSender, type Sender, type SenderOptions } from '../../src/index.ts'
import { createSenderServer } from '../../src/server/index.ts'

export const TOKEN = 'a-token-for-tests-only'
export const HOST_SECRET = 'a host key for tests only'

type Teardown = { teardown (close: () => unknown): void }
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface TestApi {
  server: FastifyInstance
  sender: Sender
  /** Asks with the token; answers the status and the parsed body. */
  ask<Body = unknown> (method: Method, url: string, payload?: object): Promise<{ status: number, body: Body }>
}

/** The API around a sender in memory. */
export async function build (t: Teardown, options: Partial<SenderOptions> = {}): Promise<TestApi> {
  const sender = createSender({ database: ':memory:', secrets: [HOST_SECRET], allow: ['127.0.0.1'], ...options })
  const server = await createSenderServer({ sender, tokens: [TOKEN] })
  t.teardown(async () => {
    await server.close()
    await sender.close()
  })
  return {
    server,
    sender,
    async ask<Body> (method: Method, url: string, payload?: object) {
      const response = await server.inject({ method, url, headers: { authorization: `Bearer ${TOKEN}` }, ...(payload ? { payload } : {}) })
      return { status: response.statusCode, body: (response.body === '' ? undefined : response.json()) as Body }
    }
  }
}

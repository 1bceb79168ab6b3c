import type { FastifyInstance } from 'fastify'
import { CliError, EXIT, exitOf } from './exit.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** The sender's HTTP API, wherever it is. */
export interface Api {
  /** @throws {CliError} for every refusal, with the API's own code and message */
  ask<Body> (method: Method, path: string, body?: object): Promise<Body>
  /** A server delivers; else this command only changes what is stored. */
  readonly isServer: boolean
  close (): Promise<void>
}

interface Answer {
  status: number
  text: string
}

/** A server that runs somewhere. */
export function remoteApi (url: string, token: string): Api {
  const base = url.endsWith('/') ? url : `${url}/`
  return {
    isServer: true,
    ask: async (method, path, body) => readAnswer(await request(new URL(path.slice(1), base), method, token, body)),
    close: async () => {}
  }
}

/** A server in this process, without a network. */
export function localApi (server: FastifyInstance, token: string, close: () => Promise<void>): Api {
  return {
    isServer: false,
    async ask (method, path, body) {
      const response = await server.inject({ method, url: path, headers: { authorization: `Bearer ${token}` }, ...(body ? { payload: body } : {}) })
      return readAnswer({ status: response.statusCode, text: response.body })
    },
    close
  }
}

async function request (url: URL, method: Method, token: string, body: object | undefined): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      redirect: 'error'
    })
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    throw new CliError(EXIT.unreachable, 'CLI_SERVER_UNREACHABLE', `no sender answers at ${url.origin}`, { cause })
  }
}

function readAnswer<Body> ({ status, text }: Answer): Body {
  const body = parse(text)
  if (status >= 200 && status < 300) return body as Body
  const { code = 'CLI_SERVER_REFUSED', message } = body as { code?: string, message?: string }
  throw new CliError(exitOf(status, code), code, message ?? `the server answered ${status}`)
}

function parse (text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CliError(EXIT.unreachable, 'CLI_SERVER_UNREACHABLE', 'what answers there is not a sender: it sent no JSON', { cause })
  }
}

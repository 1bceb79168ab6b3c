import type { Test } from 'tap'
import { startInstagramEmulator, type InstagramEmulator, type StartOptions } from '../../src/emulator/index.ts'

export const REDIRECT_URI = 'http://localhost:3000/api/client/instagram/authCallback/open'
export const BASIC = 'instagram_business_basic'
export const PUBLISH = 'instagram_business_content_publish'

/** A running emulator that ends with the test. Everything below speaks plain HTTP to it, as any client would. */
export async function start (t: Test, options: StartOptions = {}): Promise<InstagramEmulator> {
  const emulator = await startInstagramEmulator({ answer: 'allow', ...options })
  t.teardown(() => emulator.close())
  return emulator
}

export type Fields = Record<string, string>

export function authorizeUrl (emulator: InstagramEmulator, changes: Fields = {}): string {
  const query = new URLSearchParams({ client_id: emulator.app.id, redirect_uri: REDIRECT_URI, response_type: 'code', scope: `${BASIC},${PUBLISH}`, state: 's1', ...changes })
  return `${emulator.authorizeUrl}?${query}`
}

/** Where the authorize page sends the browser. */
export async function authorize (emulator: InstagramEmulator, changes: Fields = {}): Promise<URL> {
  const response = await fetch(authorizeUrl(emulator, changes), { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '')
}

export async function newCode (emulator: InstagramEmulator, changes: Fields = {}): Promise<string> {
  return (await authorize(emulator, changes)).searchParams.get('code') ?? ''
}

export function tokenRequest (emulator: InstagramEmulator, code: string, changes: Fields = {}): URLSearchParams {
  return new URLSearchParams({ client_id: emulator.app.id, client_secret: emulator.app.secret, grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, code, ...changes })
}

export interface Answer { status: number, headers: Headers, text: string, json: Json }

export interface MediaJson { id: string, media_type: string, media_url: string, caption?: string, permalink: string, timestamp: string, children: { data: MediaJson[] }, [field: string]: unknown }

/** The fields the tests read, whatever answer they come in. */
export interface Json {
  access_token: string
  token_type: string
  expires_in: number
  permissions: unknown
  id: string
  data: MediaJson[]
  paging: { cursors: { before: string, after: string }, next?: string, previous?: string }
  error: { message: string, type: string, code: number, error_subcode?: number, error_user_msg?: string, fbtrace_id: string }
  error_message: string
  [field: string]: unknown
}

export async function postForm (url: string, body: URLSearchParams | FormData): Promise<Answer> {
  return await answerOf(await fetch(url, { method: 'POST', body }))
}

export async function get (url: string | URL, headers: Fields = {}): Promise<Answer> {
  return await answerOf(await fetch(url, { headers }))
}

export async function answerOf (response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : {} as Json }
}

export function graphUrl (emulator: InstagramEmulator, path: string, query: Fields = {}): string {
  return `${emulator.graphBaseUrl}${path}?${new URLSearchParams(query)}`
}

export const ACCOUNT = 'harbour.and.hill'

/** A Graph read with a long-lived token of the account. */
export async function read (emulator: InstagramEmulator, path: string, query: Fields = {}, username = ACCOUNT): Promise<Answer> {
  return await get(graphUrl(emulator, path, { access_token: emulator.control.mintToken(username), ...query }))
}

export async function exchangeCode (emulator: InstagramEmulator, changes: Fields = {}, code?: string): Promise<Answer> {
  return await postForm(`${emulator.apiBaseUrl}/oauth/access_token`, tokenRequest(emulator, code ?? await newCode(emulator), changes))
}

/** The CDN link of the account's first photo. */
export async function photoLink (emulator: InstagramEmulator, username = ACCOUNT): Promise<string> {
  const list = await read(emulator, '/me/media', { fields: 'media_url', limit: '1' }, username)
  return list.json.data[0]?.media_url ?? ''
}

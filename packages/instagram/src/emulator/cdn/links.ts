import { createHash, createHmac, randomBytes } from 'node:crypto'
import { HOUR_MS } from '../clock.ts'
import { hostUrl } from '../hosts.ts'
import type { EmulatedMedia } from '../model/media.ts'
import type { World } from '../model/world.ts'
import { safeEqual } from '../safe-equal.ts'

/** What a link leads to; it shows in the path. */
export type LinkKind = 'photo' | 'video' | 'profile'

const FOLDERS: Readonly<Record<LinkKind, string>> = { photo: 't51.29350-15', video: 't50.16885-16', profile: 't51.2885-19' }

/** A fresh link to the bytes of a post: signed, and dead after a few days. Two links of one post differ. */
export function mediaLink (world: World, media: EmulatedMedia, kind: LinkKind): string {
  const extension = kind === 'video' ? 'mp4' : media.extension
  return signedLink(world, kind, `${media.id}_n.${extension}`, Number(media.id.slice(-4, -2)) % 12)
}

/** A fresh link to the account's profile picture. */
export function profileLink (world: World, accountId: string): string {
  return signedLink(world, 'profile', `${accountId}_a.jpg`, 0)
}

function signedLink (world: World, kind: LinkKind, name: string, extraHours: number): string {
  const expiresAtMs = world.clock.now() + world.options.cdnLinkLifeMs + extraHours * HOUR_MS
  const number = createHash('sha256').update(name).digest().readUInt32BE(0) % 1_000_000_000
  const url = new URL(`${hostUrl(world, 'cdn')}/v/${FOLDERS[kind]}/${470_000_000 + number % 9_999_999}_${939_000_000_000_000 + number}_${name}`)
  const query = {
    stp: 'dst-jpg_e35_tt6',
    _nc_cat: '110',
    ccb: '1-7',
    _nc_sid: '18de74',
    _nc_ohc: randomBytes(16).toString('base64url'),
    _nc_ht: url.host,
    edm: 'ANo9K5cEAAAA',
    _nc_gid: randomBytes(12).toString('base64url'),
    oe: Math.floor(expiresAtMs / 1000).toString(16).toUpperCase()
  }
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
  url.searchParams.set('oh', `00_Af${signature(world, url)}`)
  return url.href
}

/** Why a link is refused, or `undefined` when it is good. */
export function linkProblem (world: World, url: URL): 'mismatch' | 'expired' | undefined {
  if (!safeEqual(url.searchParams.get('oh') ?? '', `00_Af${signature(world, url)}`)) return 'mismatch'
  const expiresAtSeconds = parseInt(url.searchParams.get('oe') ?? '', 16)
  return expiresAtSeconds * 1000 > world.clock.now() ? undefined : 'expired'
}

function signature (world: World, url: URL): string {
  const signed = ['stp', '_nc_ohc', '_nc_gid', 'oe'].map(key => url.searchParams.get(key) ?? '')
  return createHmac('sha256', `cdn:${world.options.secret}`).update([url.pathname.replace(/^\/cdn(?=\/)/, ''), ...signed].join('\n')).digest('base64url').slice(0, 32)
}

/** The media or account id inside a link's file name. */
export function idInLink (fileName: string): string | undefined {
  return /_(\d+)_[na]\.[a-z0-9]+$/.exec(fileName)?.[1]
}

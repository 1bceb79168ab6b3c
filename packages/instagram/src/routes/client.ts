import { createHash } from 'node:crypto'
import { readAssets, type Asset } from '../dialog/assets.ts'
import type { Routes } from './index.ts'
import { sendAsset } from './send-asset.ts'

/** The browser client: one classic script that any page loads by its fixed name. */
export const clientRoutes: Routes = async scope => {
  let found: { script: Asset, etag: string } | undefined
  const client = () => (found ??= readClient())

  scope.get('/filepicker.js', async (request, reply) => {
    const { script, etag } = client()
    reply.header('etag', etag)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return sendAsset(request, reply, script, 'public, max-age=300')
  })
}

function readClient (): { script: Asset, etag: string } {
  const script = readAssets().files.get('filepicker.js')
  if (script === undefined) throw new Error('The built assets have no filepicker.js: build them again')
  return { script, etag: `W/"${createHash('sha256').update(script.bytes).digest('base64url').slice(0, 22)}"` }
}

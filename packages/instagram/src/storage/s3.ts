import type { S3Client } from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import type { StorageLocation } from '../domain/ports.ts'
import { ContactsheetError } from '../errors.ts'
import type { S3LocationOptions } from '../options.ts'

/** A part of a multipart upload; smaller files go in one request. */
const PART_BYTES = 8 * 1024 * 1024
const SIGNED_FOR_SECONDS = 300

/**
 * Files in a bucket. S3 itself shows an object only when it is whole; large ones go up in parts, of which at most two are in
 * memory.
 *
 * @throws {ContactsheetError} OPTIONS_INVALID when Amazon's SDK is not installed
 */
export async function s3Location (options: S3LocationOptions): Promise<StorageLocation> {
  const sdk = await loadSdk()
  const { bucket, containers = [], region = 'us-east-1', endpoint, forcePathStyle = false, credentials } = options
  const client: S3Client = new sdk.S3Client({
    region,
    forcePathStyle,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials })
  })
  const at = (key: string, container = bucket) => ({ Bucket: container, Key: key })

  return {
    provider: 'amazon',
    containers: [bucket, ...containers],

    async put (key, body, { container, mimetype, signal }) {
      const upload = new sdk.Upload({
        client,
        params: { ...at(key, container), Body: body, ContentType: mimetype },
        partSize: PART_BYTES,
        queueSize: 2
      })
      const stop = (): void => { upload.abort().catch(() => {}) }
      // Giving up the parts may fail too; what counts is what went wrong first.
      let reason: unknown
      body.once('error', error => { reason = error })
      signal?.addEventListener('abort', stop, { once: true })
      try {
        signal?.throwIfAborted()
        await upload.done()
      } catch (error) {
        throw reason ?? error
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    },

    async open (key, { container, start, end } = {}) {
      const range = start === undefined && end === undefined ? {} : { Range: `bytes=${start ?? 0}-${end ?? ''}` }
      const found = await client.send(new sdk.GetObjectCommand({ ...at(key, container), ...range })).catch(undefinedWhenMissing)
      return found === undefined ? undefined : { size: found.ContentLength ?? 0, body: found.Body as Readable }
    },

    async stat (key, { container } = {}) {
      const found = await client.send(new sdk.HeadObjectCommand(at(key, container))).catch(undefinedWhenMissing)
      return found === undefined ? undefined : { size: found.ContentLength ?? 0 }
    },

    async remove (key, { container } = {}) {
      await client.send(new sdk.DeleteObjectCommand(at(key, container))).catch(undefinedWhenMissing)
    },

    async signedUrl (key, { container, mimetype, disposition, cacheControl }) {
      const command = new sdk.GetObjectCommand({
        ...at(key, container), ResponseContentType: mimetype, ResponseContentDisposition: disposition, ResponseCacheControl: cacheControl
      })
      return await sdk.getSignedUrl(client, command, { expiresIn: SIGNED_FOR_SECONDS })
    },

    async close () {
      client.destroy()
    }
  }
}

/** Amazon's SDK, only when somebody wants it. */
async function loadSdk () {
  const missing = (name: string) => (cause: unknown): never => {
    throw new ContactsheetError('OPTIONS_INVALID', `a storage location has type 's3', but the package "${name}" is not installed: npm install ${name}`, { cause })
  }
  const [s3, storage, presigner] = await Promise.all([
    import('@aws-sdk/client-s3').catch(missing('@aws-sdk/client-s3')),
    import('@aws-sdk/lib-storage').catch(missing('@aws-sdk/lib-storage')),
    import('@aws-sdk/s3-request-presigner').catch(missing('@aws-sdk/s3-request-presigner'))
  ])
  return { ...s3, Upload: storage.Upload, getSignedUrl: presigner.getSignedUrl }
}

function undefinedWhenMissing (error: unknown): undefined {
  const { name, $metadata } = error as { name?: string, $metadata?: { httpStatusCode?: number } }
  if (name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404) return undefined
  throw error
}

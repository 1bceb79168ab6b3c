import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'

interface Teardown { teardown: (work: () => Promise<unknown>) => void }

const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

/** Starts an S3 on a free port and answers the options of a location in it. */
export async function startS3 (t: Teardown, buckets: string[] = ['bucket', 'second']) {
  const directory = await mkdtemp(join(tmpdir(), 'contactsheet-s3-'))
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: buckets.map(name => ({ name, configs: [] })) })
  const { port } = await server.run()
  t.teardown(async () => {
    await server.close()
    await rm(directory, { recursive: true, force: true })
  })
  const [bucket = '', ...containers] = buckets
  return { type: 's3' as const, bucket, containers, endpoint: `http://127.0.0.1:${port}`, forcePathStyle: true, credentials }
}

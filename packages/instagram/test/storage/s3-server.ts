import S3rver from 's3rver'

interface Teardown { teardown: (work: () => Promise<unknown>) => void, testdir: () => string }

const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

/** Starts an S3 on a free port and answers the options of a location in it. */
export async function startS3 (t: Teardown, buckets: string[] = ['bucket', 'second']) {
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: t.testdir(), configureBuckets: buckets.map(name => ({ name, configs: [] })) })
  const { port } = await server.run()
  t.teardown(async () => { await server.close() })
  const [bucket = '', ...containers] = buckets
  return { type: 's3' as const, bucket, containers, endpoint: `http://127.0.0.1:${port}`, forcePathStyle: true, credentials }
}

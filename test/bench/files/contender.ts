import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Pool } from 'undici'

/** What a server process used up so far. */
export interface Usage {
  cpuMs: number
  rss: number
  /** What lives on the JavaScript heap after a collection. */
  heap: number
  buffers: number
}

/** Starts a server and answers how to load it. */
export async function startContender (name: string, { bytes = 200_000, nodeArgs = [] }: { bytes?: number, nodeArgs?: readonly string[] } = {}) {
  const child = fork(new URL('./server.ts', import.meta.url), [name, String(bytes)], { execArgv: ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', '--expose-gc', ...nodeArgs] })
  const [{ url }] = await once(child, 'message') as [{ url: string }]
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections: 8 })

  async function readOne (): Promise<void> {
    const { statusCode, body } = await pool.request({ method: 'GET', path })
    let count = 0
    for await (const chunk of body) count += (chunk as Buffer).length
    if (statusCode !== 200 || count !== bytes) throw new Error(`${name} answered ${statusCode} with ${count} bytes`)
  }

  return {
    name,
    /** Reads so often, eight at a time; answers reads per second. */
    async read (times: number): Promise<number> {
      const start = performance.now()
      let left = times
      await Promise.all(Array.from({ length: 8 }, async () => { while (left-- > 0) await readOne() }))
      return times / ((performance.now() - start) / 1000)
    },
    async usage (): Promise<Usage> {
      child.send('usage')
      const [usage] = await once(child, 'message') as [Usage]
      return usage
    },
    async close (): Promise<void> {
      await pool.close()
      child.disconnect()
      await once(child, 'exit')
    }
  }
}

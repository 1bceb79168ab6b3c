/** The first payload of Filestack's Instagram page, with another id each time: about 250 bytes. */
export function event (id: number) {
  return {
    action: 'fp.upload',
    timestamp: 1443444905,
    id,
    text: {
      url: 'https://www.filestackapi.com/api/file/WAunDTTqQfCNWwUUyf6n',
      client: 'Instagram',
      type: 'image/jpeg',
      filename: '1579337399020824.jpg',
      size: 139154
    }
  }
}

export const BENCH_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

/** Runs `work` for the numbers from 1 to `count`, by so many callers of which each waits for its own. */
export async function callers (count: number, width: number, work: (id: number) => Promise<unknown>): Promise<void> {
  let next = 1
  await Promise.all(Array.from({ length: width }, async () => {
    for (let id = next++; id <= count; id = next++) await work(id)
  }))
}

/** Calls per second. */
export async function rateOf (count: number, width: number, work: (id: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await callers(count, width, work)
  return count / (performance.now() - startedAt) * 1000
}

// Read by the compiler more than by tap: what the promises answer, and what is refused.
import t from 'tap'
import { convert, pick, pickAndStore, pickMultiple, remove, stat, type FileBlob, type Metadata } from '../../src/browser/index.ts'

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const holds = <Claim extends true>(claim: Claim): Claim => claim

t.test('answers have their types', async t => {
  t.ok(holds<Equals<Awaited<ReturnType<typeof pick>>, FileBlob>>(true))
  t.ok(holds<Equals<Awaited<ReturnType<typeof pickMultiple>>, FileBlob[]>>(true))
  t.ok(holds<Equals<Awaited<ReturnType<typeof pickAndStore>>, FileBlob[]>>(true))
  t.ok(holds<Equals<Awaited<ReturnType<typeof remove>>, void>>(true))
  t.ok(holds<Equals<Awaited<ReturnType<typeof stat>>, Metadata>>(true))
})

t.test('what cannot be right does not compile', async t => {
  const never = (): void => {
    // @ts-expect-error a width is a number
    convert('https://photos.example/api/file/x', { width: '40' })
    // @ts-expect-error no such conversion
    convert('https://photos.example/api/file/x', { wide: 40 })
    // @ts-expect-error copies are public or private
    pickAndStore({}, { access: 'secret' })
  }
  t.type(never, 'function')
})

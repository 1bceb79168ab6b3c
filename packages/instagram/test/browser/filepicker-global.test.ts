// Read by the compiler more than by tap: what pages may write with the global, and what is refused.
import t from 'tap'
import '@contactsheet/instagram/filepicker-global'
import type { FileBlob, FPError, Metadata } from '@contactsheet/instagram/filepicker-global'

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const holds = <Claim extends true>(_claim: Claim): void => {}

t.test('callbacks get their types, with options and without', t => {
  const never = (): void => {
    window.filepicker.setKey('default')
    filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'], container: 'modal' }, blob => {
      holds<Equals<typeof blob, FileBlob>>(true)
      filepicker.convert(blob, { width: 400, fit: 'crop' }, { location: 'S3' }, converted => holds<Equals<typeof converted, FileBlob>>(true))
    }, error => holds<Equals<typeof error, FPError>>(true)).close()
    filepicker.pick(blob => holds<Equals<typeof blob, FileBlob>>(true))
    filepicker.pickMultiple({ maxFiles: 3 }, blobs => holds<Equals<typeof blobs, FileBlob[]>>(true), () => {}, ({ done, total }) => holds<Equals<typeof done | typeof total, number>>(true))
    filepicker.pickAndStore({ multiple: true }, { path: 'albums/' }, blobs => holds<Equals<typeof blobs, FileBlob[]>>(true))
    filepicker.stat('https://photos.example/api/file/x', { width: true }, facts => holds<Equals<typeof facts, Metadata>>(true))
    filepicker.read('https://photos.example/api/file/x', text => holds<Equals<typeof text, string>>(true))
  }
  t.type(never, 'function')
  t.end()
})

t.test('what cannot be right does not compile', t => {
  const never = (): void => {
    // @ts-expect-error no such call
    filepicker.pickOne(() => {})
    // @ts-expect-error a number of files is a number
    filepicker.pickMultiple({ maxFiles: 'three' }, () => {})
    // @ts-expect-error one photo is no list
    filepicker.pick((blobs: FileBlob[]) => blobs.length)
    // @ts-expect-error copies are public or private
    filepicker.pickAndStore({}, { access: 'secret' })
    // @ts-expect-error a width is a number
    filepicker.convert('https://photos.example/api/file/x', { width: '40' })
  }
  t.type(never, 'function')
  t.end()
})

t.test('importing the types runs nothing and defines nothing', t => {
  t.notOk('filepicker' in globalThis)
  t.end()
})

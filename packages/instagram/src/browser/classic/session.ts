import { FilepickerException } from './exceptions.ts'

/** The server and the app that every call of a page speaks to. */
export interface Session {
  setKey: (key: string) => void
  /** @throws {FilepickerException} before `setKey` */
  place: () => { server: string, key: string }
  /** Before `setKey` there is no key in it, which means the server's default app. */
  placeWithoutKey: () => { server: string, key?: string }
}

/** @param server - address of the server with its prefix */
export function createSession (server: string): Session {
  let key: string | undefined
  return {
    setKey (given) { key = given },
    place () {
      if (key === undefined) throw new FilepickerException('API Key not found')
      return { server, key }
    },
    placeWithoutKey: () => ({ server, ...(key === undefined ? {} : { key }) })
  }
}

import type { TokenKeeper } from '../graph/token-keeper.ts'
import type { Connections } from '../stores/connections.ts'
import type { SignIns } from '../stores/sign-ins.ts'
import { eraseOpen, type EraseServices } from './erase-account.ts'

export interface HouseServices extends EraseServices {
  connections: Connections
  signIns: SignIns
  tokens: TokenKeeper
}

/** What has to be done now and then, whoever comes by. Several nodes may do it at once. Ends early when the signal aborts. */
export async function keepHouse (services: HouseServices, signal: AbortSignal): Promise<void> {
  await services.signIns.removeOld()
  await services.connections.resealOld()
  await eraseOpen(services, signal)
  await services.tokens.sweep(signal)
}

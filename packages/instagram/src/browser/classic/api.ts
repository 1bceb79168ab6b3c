import { services } from '../services.ts'
import { logout } from '../logout.ts'
import { settle, sorted } from './callbacks.ts'
import { dialogCalls } from './dialog-calls.ts'
import { makeDropPane } from './drop-pane.ts'
import { FilepickerException, FPError } from './exceptions.ts'
import { fileCalls } from './file-calls.ts'
import { createResponsive } from './responsive.ts'
import { createSession } from './session.ts'
import { storingCalls } from './storing-calls.ts'
import type { Filepicker } from './types.ts'
import { buildWidgets, constructWidget, type Picking } from './widgets.ts'

/**
 * The API that pages have called since 2012.
 *
 * @param server - address of the server with its prefix
 * @see https://github.com/filestack-archive/filepicker-js
 */
export function createFilepicker (server: string): Filepicker & Record<'pickFolder' | 'processImage', () => never> {
  const session = createSession(server)
  const responsive = createResponsive()
  const calls = { setKey: session.setKey, ...dialogCalls(session), ...storingCalls(session), ...fileCalls(session), responsive: responsive.update } satisfies Picking

  return {
    ...calls,
    metadata: calls.stat,
    export: calls.exportFile,
    logout (given: { onSuccess?: () => void, onError?: (error: FPError) => void } = {}): void {
      const { callbacks } = sorted([{}, given.onSuccess, given.onError])
      settle(logout(session.placeWithoutKey()), callbacks)
    },
    makeDropPane: (element: unknown, options: Record<string, unknown> = {}): boolean => makeDropPane(calls, element, options),
    constructWidget: (element: unknown): void => constructWidget(calls, element),
    buildWidgets: (): void => buildWidgets(calls),
    setResponsiveOptions: responsive.setOptions,
    pickFolder: notOffered('pickFolder'),
    processImage: notOffered('processImage'),
    services,
    errors: { FPError },
    FilepickerException,
    version: '2.4.18'
  }
}

function notOffered (name: string) {
  return (): never => { throw new FilepickerException(`${name} is not offered by this server`) }
}

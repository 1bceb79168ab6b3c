import type { Voice } from './io.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Resolves when the process is told to end; told a second time, it ends at once. */
export function firstSignal ({ io }: Voice): Promise<string> {
  return new Promise(resolve => {
    const listeners = SIGNALS.map(signal => [signal, () => {
      for (const [name, listener] of listeners) io.off(name, listener)
      resolve(signal)
    }] as const)
    for (const [signal, listener] of listeners) io.on(signal, listener)
  })
}

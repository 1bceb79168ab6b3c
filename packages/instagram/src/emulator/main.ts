#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { startInstagramEmulator } from './emulator.ts'

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4700' }, host: { type: 'string', default: '127.0.0.1' } }
})

const emulator = await startInstagramEmulator({ port: Number(values.port), host: values.host })
console.log(`Instagram emulator: ${emulator.origin}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, emulator.close)

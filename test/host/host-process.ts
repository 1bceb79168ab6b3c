// The host example as a process of its own, so that a test can kill it. Settings come as JSON in the first argument.
import { buildHost, type HostSettings } from '../../examples/host/server.ts'

const { port, ...settings } = JSON.parse(process.argv[2] ?? '') as HostSettings & { port: number }
const host = await buildHost(settings)
await host.listen({ port, host: 'localhost' })
process.send?.('listening')

// The main job on this machine: an Instagram emulator and the host example.
//
//   npm start               until Ctrl-C; what was picked is still there at the next start
//   npm start -- --once     the same job without a person, one line per step; exits 1 when a step failed
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDevelopment } from '../examples/host/development.ts'
import { runMainJob } from '../examples/host/once.ts'

const root = join(import.meta.dirname, '..')

function buildAssets (): void {
  const { status, stderr } = spawnSync('pnpm', ['--filter', '@contactsheet/instagram', 'run', 'build:assets'], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`Building the dialog failed:\n${stderr}`)
}

async function once (): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'contactsheet-once-'))
  const development = await startDevelopment(directory, 0)
  console.log(`start      the host listens on ${development.address}, the Instagram emulator on ${development.emulatorAddress}`)
  try {
    await runMainJob(development.address, line => console.log(line))
  } finally {
    await development.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function serve (): Promise<void> {
  const port = process.env.PORT ?? '3000'
  const development = await startDevelopment(join(root, '.data', 'host'), Number(port))
  if (port !== '0' && new URL(development.address).port !== port) console.log(`\n  Port ${port} cannot be used: this is another one.`)
  console.log(`
  Open       ${development.address}
  Then       Pick from Instagram, allow access in the window that opens, choose a photo
  Stop       Ctrl-C. Your picks are kept in .data/host; the Instagram is an emulator at ${development.emulatorAddress}
`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      development.close().then(() => console.log('\nStopped. Nothing is lost.'), error => { console.error(error); process.exitCode = 1 })
    })
  }
}

try {
  buildAssets()
  await (process.argv.includes('--once') ? once() : serve())
} catch (error) {
  console.error(error instanceof Error && error.name === 'StepFailed' ? `FAILED     ${error.message}` : error)
  process.exitCode = 1
}

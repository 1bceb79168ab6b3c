// Runs a script of this repository with the Node and the packages that it asks for.
//
// It is the only file here that must work on Node 20 with nothing installed: it fetches pnpm, lets pnpm install the
// workspace (which brings Node 24), and hands over. A stamp makes the second run skip all of that.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const toolchain = join(root, '.toolchain')
const stampFile = join(root, 'node_modules', '.contactsheet-installed')
const [script, ...args] = process.argv.slice(2)

/** What an installation depends on: when one byte of it changes, install again. */
function fingerprint () {
  const hash = createHash('sha256').update(process.platform).update(process.arch)
  for (const file of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', '.taprc']) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

function run (command, commandArgs, doing) {
  const { status, error } = spawnSync(command, commandArgs, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (status === 0) return
  console.error(`\n${doing} failed${error ? `: ${error.message}` : ` with exit code ${status}`}.`)
  process.exit(1)
}

function installPnpm () {
  const { config } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const wanted = `pnpm@${config.pnpm}`
  const pnpm = join(toolchain, 'node_modules', '.bin', 'pnpm')
  const versionFile = join(toolchain, 'version')
  if (existsSync(pnpm) && existsSync(versionFile) && readFileSync(versionFile, 'utf8') === wanted) return pnpm
  rmSync(toolchain, { recursive: true, force: true })
  mkdirSync(toolchain, { recursive: true })
  writeFileSync(join(toolchain, 'package.json'), '{ "private": true }\n')
  run('npm', ['install', '--prefix', toolchain, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', wanted], 'Fetching pnpm')
  writeFileSync(versionFile, wanted)
  return pnpm
}

const stamp = fingerprint()
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  console.error('Installing what is missing (once; takes a minute or two) ...')
  run(installPnpm(), ['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'], 'Installing the packages')
  writeFileSync(stampFile, stamp)
}

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const path = [join(root, 'node_modules', '.bin'), join(toolchain, 'node_modules', '.bin'), process.env.PATH].join(process.platform === 'win32' ? ';' : ':')
const child = spawn(
  node,
  ['--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', join(root, script), ...args],
  { stdio: 'inherit', env: { ...process.env, PATH: path } }
)
// The terminal sends Ctrl-C to both; only the child decides when it has stopped cleanly.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => { process.exitCode = signal ? 1 : code ?? 1 })

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const PACKAGES = ['webhooks', 'sender', 'instagram'] as const
export type PackageName = typeof PACKAGES[number]

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Packs each package as it would be published, from what `npm run build` made; answers the tarballs' paths. */
export function packAll (): Record<PackageName, string> {
  return Object.fromEntries(PACKAGES.map(name => [name, pack(name)])) as Record<PackageName, string>
}

function pack (name: PackageName): string {
  const directory = mkdtempSync(join(tmpdir(), `contactsheet-${name}-`))
  execFileSync('pnpm', ['pack', '--pack-destination', directory], { cwd: join(root, 'packages', name), stdio: ['ignore', 'ignore', 'inherit'] })
  const [tarball] = readdirSync(directory)
  if (tarball === undefined) throw new Error(`pnpm pack made no tarball of ${name}`)
  return join(directory, tarball)
}

import { spawnSync } from 'node:child_process'
import t from 'tap'

/** Opens a PostgreSQL store in a process in which a package is not installed. */
function openWithout (missing: string): string {
  const hook = `import { registerHooks } from 'node:module'
    registerHooks({ resolve (specifier, context, next) {
      if (specifier !== '${missing}') return next(specifier, context)
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    } })`
  const program = `import { createSender } from '@contactsheet/sender'
    createSender({ database: 'postgres://127.0.0.1:1/nothing' }).start().catch(error => console.log(error.code + ' ' + error.message))`
  return spawnSync(process.execPath, [
    '--conditions=contactsheet-source', '--disable-warning=ExperimentalWarning', `--import=data:text/javascript,${encodeURIComponent(hook)}`, '--input-type=module', '--eval', program
  ], { encoding: 'utf8', cwd: import.meta.dirname }).stdout
}

for (const name of ['pg', 'pg-boss']) {
  t.test(`without ${name} the error names it and how to install it`, async t => {
    t.match(openWithout(name), new RegExp(`^SENDER_DRIVER_MISSING .*${name}: npm install pg pg-boss`))
  })
}

t.test('a database that does not answer is told as such', async t => {
  t.match(openWithout('nothing'), /^SENDER_DATABASE_UNREADABLE cannot use the PostgreSQL database: /)
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readConfig } from '../../src/emulator/config.ts'
import { resolveOptions } from '../../src/emulator/options.ts'

async function fileOf (t: Test, content: string): Promise<string> {
  const file = join(t.testdir(), 'emulator.json')
  await writeFile(file, content)
  return file
}

t.test('every option that JSON can express may stand in the file', async t => {
  const { now, answer, ...rest } = resolveOptions({})
  const config = { ...rest, answer: { account: 'harbour.and.hill', scopes: [] }, redirectUris: 'loopback', port: 0, host: '::1', publicUrl: 'https://a.test', https: { key: '', cert: '' }, logger: true, faults: [{ code: '190/463', times: 0 }] }
  t.same(await readConfig(await fileOf(t, JSON.stringify(config))), config)
})

for (const [name, content, message] of [
  ['an option that does not exist', '{"prot":4700}', / must not have "prot"$/],
  ['a switch that does not exist', '{"switches":{"meAnswr":"doc"}}', /\/switches must not have "meAnswr"$/],
  ['a value that an option cannot have', '{"accounts":[{"username":"a","accountType":"ROBOT"}]}', /\/accounts\/0\/accountType must be one of "PERSONAL", "BUSINESS", "MEDIA_CREATOR"$/],
  ['two mistakes', '{"port":-1,"addresses":"mine"}', /\/port must be >= 0\n.*\/addresses must be one of "own", "instagram"$/],
  ['what is no object', '[]', / must be object$/],
  ['what is no JSON', '{ port: 4700 }', / is no JSON: /]
] as const) {
  t.test(`${name} is refused and named`, async t => {
    await t.rejects(readConfig(await fileOf(t, content)), { message })
  })
}

t.test('a file that is not there is named', async t => {
  await t.rejects(readConfig('/nowhere/emulator.json'), { message: /\/nowhere\/emulator\.json/ })
})

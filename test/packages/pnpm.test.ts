import t from 'tap'
import { PACKAGES, packAll } from './pack.ts'
import { createProject } from './project.ts'
import { writeSamples } from './samples.ts'

t.setTimeout(300_000)
const tarballs = packAll()

for (const name of PACKAGES) {
  t.test(`@contactsheet/${name} alone, installed by pnpm, which hides what is not depended on: imports, types and the sample of its README`, async t => {
    const project = await createProject(t, [tarballs[name], 'fastify@5', '@types/node@24'], 'pnpm', { '@contactsheet/webhooks': `file:${tarballs.webhooks}` })
    const { importAll, runAll, typeCheck } = writeSamples(project, [name])
    t.equal(await importAll(), 'imported\n')
    t.same(await typeCheck(), ['', ''])
    t.same(await runAll(), { [name]: { webhooks: 401, sender: undefined, instagram: 200 }[name] })
  })
}

import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import type { Instagram } from './host.ts'
import { resolveOptions, type InstagramOptions } from './options.ts'
import { routes } from './routes/index.ts'
import { logSerializers } from './routes/log-serializers.ts'
import { createServices } from './services.ts'

declare module 'fastify' {
  interface FastifyInstance { instagram: Instagram }
}

async function instagram (fastify: FastifyInstance, given: InstagramOptions): Promise<void> {
  const options = resolveOptions(given)
  const services = await createServices(options, fastify.log)
  if (!fastify.hasDecorator('instagram')) fastify.decorate('instagram', services)
  fastify.addHook('onClose', async () => await services.close())
  await fastify.register(routes, { prefix: options.prefix === '/' ? '' : options.prefix, services, logSerializers })
}

export default fp<InstagramOptions>(instagram, { name: '@contactsheet/instagram', fastify: '5.x' })

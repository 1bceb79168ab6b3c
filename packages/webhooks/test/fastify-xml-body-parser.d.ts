declare module 'fastify-xml-body-parser' {
  import type { FastifyPluginCallback } from 'fastify'
  const plugin: FastifyPluginCallback
  export default plugin
}

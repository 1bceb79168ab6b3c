import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { InstagramServices } from '../services.ts'

export interface RouteOptions { services: InstagramServices }

/** The shape of every routes file: a child scope with typed schemas that gets the services. */
export type Routes = FastifyPluginAsyncTypebox<RouteOptions>

/** Every route of the plugin, in one child scope: hooks and parsers registered here leave the host as it is. */
export const routes: FastifyPluginAsync<RouteOptions> = async (scope: FastifyInstance, { services }) => {
  const children: Routes[] = []
  for (const child of children) await scope.register(child, { services })
}

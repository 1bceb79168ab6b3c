import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { InstagramServices } from '../services.ts'
import { caller } from './caller.ts'
import { clientRoutes } from './client.ts'
import { convertRoutes } from './convert.ts'
import { connectionRoutes } from './connection.ts'
import { cors } from './cors.ts'
import { dialogRoutes } from './dialog.ts'
import { eventRoutes } from './events.ts'
import { fileRoutes } from './file.ts'
import { mediaRoutes } from './media.ts'
import { metaCallbackRoutes } from './meta-callbacks.ts'
import { documentRoutes } from './openapi/document-routes.ts'
import { overwriteRoutes } from './overwrite.ts'
import { pickRoutes } from './pick.ts'
import { rateLimits } from './rate.ts'
import { signInRoutes } from './sign-in.ts'
import { storeRoutes } from './store.ts'
import { thumbnailRoutes } from './thumbnail.ts'
import { upkeep } from './upkeep.ts'

export interface RouteOptions { services: InstagramServices }

/** The shape of every routes file: a child scope with typed schemas that gets the services. */
export type Routes = FastifyPluginAsyncTypebox<RouteOptions>

/** Every route of the plugin, in one child scope: hooks and parsers registered here leave the host as it is. */
export const routes: FastifyPluginAsync<RouteOptions> = async (scope: FastifyInstance, { services }) => {
  await scope.register(documentRoutes)
  await scope.register(cors, { services })
  await scope.register(rateLimits, { services })
  await scope.register(caller, { services })
  await scope.register(upkeep, { services })
  const children: Routes[] = [signInRoutes, eventRoutes, connectionRoutes, mediaRoutes, metaCallbackRoutes, thumbnailRoutes, pickRoutes, fileRoutes, overwriteRoutes, storeRoutes, convertRoutes, dialogRoutes, clientRoutes]
  for (const child of children) await scope.register(child, { services })
}

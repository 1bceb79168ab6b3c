import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Sender } from '../../sender.ts'

/** A group of routes around one sender. */
export type Routes = FastifyPluginAsyncTypebox<{ sender: Sender }>

import { parseFields, project, type Resolvers } from '../graph/fields.ts'
import type { World } from '../model/world.ts'
import { statusOf, statusText, type Container } from './container.ts'

/** `GET /{container-id}`. */
export function readContainer (world: World, container: Container, fields: string | undefined): Record<string, unknown> {
  return project('IGContainer', containerFields(world), container, parseFields(fields ?? 'id'))
}

function containerFields (world: World): Resolvers<Container> {
  return {
    id: ({ id }) => id,
    status_code: container => statusOf(world, container),
    status: container => statusText(world, container)
  }
}

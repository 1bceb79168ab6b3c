import { profileLink } from '../cdn/links.ts'
import { appScopedId } from '../model/apps.ts'
import type { World } from '../model/world.ts'
import type { Access } from './access.ts'
import { parseFields, project, type Resolvers } from './fields.ts'

/** `/me` and `/{user-id}`: without `fields`, the id alone. */
export function readProfile (world: World, access: Access, fields: string | undefined): Record<string, unknown> {
  const profile = project('IGUser', profileFields(world), access, parseFields(fields ?? 'id'))
  return world.switches.meAnswer === 'doc' ? { data: [profile] } : profile
}

function profileFields (world: World): Resolvers<Access> {
  return {
    id: ({ app, account }) => appScopedId(app.id, account.id),
    user_id: ({ account }) => account.id,
    username: ({ account }) => account.username,
    name: ({ account }) => account.name,
    account_type: ({ account }) => account.accountType,
    profile_picture_url: ({ account }) => account.name === undefined ? undefined : profileLink(world, account.id),
    followers_count: ({ account }) => account.followersCount,
    follows_count: ({ account }) => Number(account.id.slice(-3)),
    media_count: ({ account }) => account.media().filter(media => media.isRemoved !== true).length
  }
}

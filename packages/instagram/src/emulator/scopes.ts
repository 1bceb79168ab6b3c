import { FlatError } from './errors.ts'

/** Mandatory for every sign-in. */
export const BASIC_SCOPE = 'instagram_business_basic'
/** Wanted by everything that posts. */
export const PUBLISH_SCOPE = 'instagram_business_content_publish'

/** The living scopes and what the consent page calls them. */
export const SCOPES: Readonly<Record<string, string>> = {
  [BASIC_SCOPE]: 'View your profile and media',
  [PUBLISH_SCOPE]: 'Create and publish posts',
  instagram_business_manage_comments: 'Read and manage comments',
  instagram_business_manage_messages: 'Read and manage messages',
  instagram_business_manage_insights: 'View insights'
}

/**
 * Reads a comma- or space-separated scope list.
 *
 * @throws {FlatError} for unknown and for dead scopes (those of the old products), and when the mandatory one is missing
 */
export function parseScopes (list: string): string[] {
  const asked = [...new Set(list.split(/[\s,]+/).filter(scope => scope !== ''))]
  const invalid = asked.filter(scope => !Object.hasOwn(SCOPES, scope))
  if (invalid.length > 0) throw new FlatError(`Invalid scope field(s): ${invalid.join(', ')}`)
  if (!asked.includes(BASIC_SCOPE)) throw new FlatError(`Invalid scope: ${BASIC_SCOPE} is required`)
  return asked
}

import type { FileRules } from '../domain/file-rules.ts'
import type { Policy } from '../domain/policy.ts'
import type { App } from '../options.ts'

/** What `allow` found out about a call. */
export interface Permission {
  /** The policy that the call came with. */
  policy: Policy | undefined
}

/** What may come in, and where to: the app's limits, narrowed by the policy's. */
export function rulesFor (app: App, permission: Permission | null): FileRules {
  const { maxBytes = Infinity, minBytes, path, container, url } = permission?.policy ?? {}
  return {
    mimetypes: app.mimetypes,
    extensions: app.extensions,
    maxBytes: Math.min(app.maxSize, maxBytes),
    ...(minBytes === undefined ? {} : { minBytes }),
    ...(path === undefined ? {} : { allowsPath: text => path.matches(text) }),
    ...(container === undefined ? {} : { allowsContainer: text => container.matches(text) }),
    ...(url === undefined ? {} : { allowsUrl: text => url.matches(text) })
  }
}

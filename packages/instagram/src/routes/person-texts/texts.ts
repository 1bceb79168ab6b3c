/** What a page says. */
export interface PersonText { title: string, message: string }

/** Why a sign-in did not end as it should. */
export type Reason =
  | 'declined' | 'role' | 'personal' | 'permission' | 'limit' | 'restricted' | 'unavailable' | 'refused' | 'expired' | 'used' | 'foreign'
  | 'siteSignIn' | 'unknownApp' | 'address' | 'failed'

/** Everything that pages outside the dialog say. Every language is one file of this shape, so that a missing sentence fails the build. */
export interface PersonTexts {
  connected: (username: string) => PersonText
  /** The title when there is a reason. */
  notConnected: string
  reasons: Record<Reason, string>
  /** The reason `limit` when its end is known. @param wait - such as "in 7 minutes" */
  limitEnds: (wait: string) => string
  /** Follows a reason that the dialog behind the window tells as well. */
  closeWindow: string
  /** The state of a request to erase everything; days are written out in the language. */
  deletion: {
    unknown: PersonText
    underWay: (asked: string) => PersonText
    done: (asked: string, done: string) => PersonText
  }
}

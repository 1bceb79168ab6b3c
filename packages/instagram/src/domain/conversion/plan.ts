/** What to do to a picture: pure data, validated and clamped, the same text for the same meaning. */
export interface ConversionPlan {
  /** Canonical text of every setting; part of the cache key and of the ETag. */
  key: string
}

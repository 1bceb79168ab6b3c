import { LRUCache } from 'lru-cache'
import { parseConversion } from '../domain/conversion/parse.ts'
import type { ConversionPlan } from '../domain/conversion/plan.ts'
import { readDelivery, type Delivery } from './conversion-headers.ts'

/** A query that has been read: what to do, and how to send it. */
export interface ConversionRequest {
  plan: ConversionPlan
  delivery: Delivery
  parameters: Record<string, unknown>
}

const MAX_QUERIES = 2_000
const LONGEST_QUERY = 500

/** Reads queries, each once: a page asks for the same few conversions of many photos. */
export function createConversionReader (): (rawQuery: string, parameters: Record<string, unknown>) => ConversionRequest {
  const known = new LRUCache<string, ConversionRequest>({ max: MAX_QUERIES })
  return (rawQuery, parameters) => {
    const read = known.get(rawQuery)
    if (read !== undefined) return read
    const request = { plan: parseConversion(parameters), delivery: readDelivery(parameters), parameters }
    if (rawQuery.length <= LONGEST_QUERY) known.set(rawQuery, request)
    return request
  }
}

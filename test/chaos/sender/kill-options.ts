export const KILL_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

/** Short waits, so that all four attempts happen within the run. */
export const KILL_SCHEDULE = [150, 400, 1_000]

export interface ToChild {
  missing?: number[]
  tellWhenIdle?: boolean
}

export interface FromChild {
  /** An event that is on disk now. */
  stored?: number
  isIdle?: true
}

export function eventId (id: number): string {
  return `e_${id}`
}

import { ContactsheetError } from '../../errors.ts'

/** A bad parameter: its name, what is allowed, what came. */
export function refuseParameter (name: string, allowed: string, came: unknown): never {
  const shown = JSON.stringify(came) ?? String(came)
  throw new ContactsheetError('CONVERSION_INVALID', `${name} must be ${allowed}, got ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}`)
}

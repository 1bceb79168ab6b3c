import { problemOfCode, type Problem } from './problems.ts'

/** How a sign-in in this very window ended, when the browser has just come back from one; the address is cleaned of it. */
export function returnedWith (location: Location, history: History): Problem | undefined {
  const address = new URL(location.href)
  const outcome = address.searchParams.get('signIn')
  const code = address.searchParams.get('code') ?? ''
  if (outcome === null) return undefined
  address.searchParams.delete('signIn')
  address.searchParams.delete('code')
  history.replaceState(history.state, '', address)
  return outcome === 'failed' ? problemOfCode(code) : undefined
}

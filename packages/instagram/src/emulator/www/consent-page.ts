import type { EmulatedAccount } from '../model/accounts.ts'
import type { World } from '../model/world.ts'
import { BASIC_SCOPE, SCOPES } from '../scopes.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { escapeHtml, page } from './page.ts'

const KINDS = { BUSINESS: 'Business account', MEDIA_CREATOR: 'Creator account', PERSONAL: 'Personal account' } as const
const TONES = 6

/** The page with Allow and Cancel. It works without scripts, so that it can be answered by any client. */
export function consentPage (world: World, request: AuthorizeRequest, action: string, lastUsername: string | undefined): string {
  const name = escapeHtml(request.app.name)
  const preselected = world.accounts.find(account => account.username === lastUsername) ?? world.accounts[0]
  return page(`${request.app.name} wants to connect`, `<form method="post" action="${escapeHtml(action)}">
<h1>${name} wants to connect to your account</h1>
<p>Choose the account and what ${name} may do.</p>
<h2 id="accounts">Account</h2>
<fieldset class="list accounts" aria-labelledby="accounts">
${world.accounts.map((account, index) => accountRow(account, index, account === preselected)).join('\n')}
</fieldset>
<h2 id="permissions">${name} will be able to</h2>
<fieldset class="list" aria-labelledby="permissions">
${request.scopes.map(permissionRow).join('\n')}
</fieldset>
<div class="actions">
<button class="allow" name="answer" value="allow">Allow</button>
<button class="cancel" name="answer" value="deny" formnovalidate>Cancel</button>
</div>
<p class="note">You will be sent back to ${escapeHtml(new URL(request.redirectUri).host)}.</p>
</form>`)
}

function accountRow (account: EmulatedAccount, index: number, isChecked: boolean): string {
  const username = escapeHtml(account.username)
  const initials = escapeHtml(account.username.split(/[._]/).slice(0, 2).map(word => word.charAt(0).toUpperCase()).join(''))
  return `<label><span class="face tone${index % TONES}" aria-hidden="true">${initials}</span><span class="who"><b>${username}</b><span>${KINDS[account.accountType]}</span></span><input type="radio" name="account" value="${username}" required${isChecked ? ' checked' : ''}></label>`
}

/** The basic permission goes without saying; a disabled box sends nothing, and the answer grants it anyway. */
function permissionRow (scope: string): string {
  const fixed = scope === BASIC_SCOPE ? ' disabled' : ''
  return `<label><span class="grant">${SCOPES[scope] ?? ''}</span><input type="checkbox" name="scope" value="${scope}" checked${fixed}></label>`
}

import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { DialogConfig } from '../config.ts'
import type { Api } from './api.ts'
import type { BackSteps } from './back/steps.ts'
import type { Opener } from './opener.ts'
import type { Messages } from './text/messages.ts'

/** What every part of the dialog may use. */
export interface Dialog {
  config: DialogConfig
  text: Messages
  api: Api
  opener: Opener
  steps: BackSteps
}

export const DialogContext = createContext<Dialog | undefined>(undefined)

export function useDialog (): Dialog {
  const dialog = useContext(DialogContext)
  if (dialog === undefined) throw new Error('useDialog works below DialogContext only')
  return dialog
}

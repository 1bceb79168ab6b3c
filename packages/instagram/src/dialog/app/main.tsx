import { render } from 'preact'
import type { DialogConfig } from '../config.ts'
import { createApi } from './api.ts'
import { App } from './app.tsx'
import { createBackSteps, NO_STEPS } from './back/steps.ts'
import { DialogContext } from './context.ts'
import { createOpener } from './opener.ts'
import { loadMessages } from './text/load.ts'
import './styles/dialog.css'

const config = JSON.parse(document.getElementById('config')?.textContent ?? '{}') as DialogConfig
const root = document.getElementById('app')

if (root !== null) {
  const text = await loadMessages(config.language)
  const opener = createOpener(config)
  const steps = opener.takesStepsBack ? createBackSteps(window, opener.steps) : NO_STEPS
  const dialog = { config, text, api: createApi(config), opener, steps }
  opener.onAsked('unwind', steps.unwind)
  document.title = text.title(config.multiple)
  render(<DialogContext.Provider value={dialog}><App /></DialogContext.Provider>, root)
  opener.ready()
}

// Every state of the dialog on a phone: free of accessibility faults, also at 320 pixels and at 400 % zoom, and a picture of each for people to look
// at, in screenshots/. STATES=grid,group runs only those.
import t from 'tap'
import { checkStates } from './support/check-states.ts'

t.setTimeout(900_000)
await checkStates(t, 'phone', process.env.STATES?.split(','))

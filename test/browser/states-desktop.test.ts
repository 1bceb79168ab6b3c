// Every state of the dialog on a desktop: free of accessibility faults in light, dark and forced colours, and a picture of each for people to look
// at, in screenshots/. STATES=grid,group runs only those.
import t from 'tap'
import { checkStates } from './support/check-states.ts'

t.setTimeout(900_000)
await checkStates(t, 'desktop', process.env.STATES?.split(','))

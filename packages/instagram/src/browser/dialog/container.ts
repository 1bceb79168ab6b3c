/** A place in which the dialog is shown. */
export interface Container {
  /** The window whose messages are listened to. */
  source: () => Window | null
  /** The dialog has shown itself: it may have the focus. */
  focus: () => void
  hide: () => void
  /** While true, closing would throw away what the person has chosen. */
  guard: (isOn: boolean) => void
  /** The dialog leaves for another site and comes back by itself: a window that seems closed may not be. */
  leave: () => void
  close: () => void
}

/** What a person does to a container from outside of the dialog. */
export interface Dismissal {
  /** Wants to close it. */
  asked: () => void
  /** Has closed it. */
  done: () => void
}

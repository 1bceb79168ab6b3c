/** A screen that says what happened and what to do next. */
export interface ProblemText { title: string, text: string }

/** A question, and the two answers to it. */
export interface ClosingText { title: (count: number) => string, explanation: (count: number) => string, stay: string, leave: string }

/** What can be wrong with photos, one or several of them. */
export type PhotoProblemName = 'gone' | 'tooLarge' | 'tooSmall' | 'wrongType'

/** What else can go wrong. */
export type OtherProblemName =
  | 'offline' | 'expired' | 'personal' | 'permission' | 'declined' | 'limit' | 'unavailable' | 'empty' | 'storage' | 'notAllowed' | 'unknownApp'
  | 'foreignPage' | 'noOpener' | 'notOffered' | 'signInLost' | 'siteSignIn' | 'restricted' | 'role' | 'unknown'

export type ProblemName = PhotoProblemName | OtherProblemName

/** What the dialog says. Every language is one file of this shape, so that a missing sentence fails the build. */
export interface Messages {
  title: (isMultiple: boolean) => string
  instagram: string
  close: string
  cancel: string
  back: string
  tryAgain: string

  servicesTitle: string
  servicesHint: string

  connectTitle: string
  connectText: string
  connectPromise: string
  connect: string
  connectAgain: string
  connectOther: string
  waitingTitle: string
  waitingText: string
  professionalOnly: string
  openAgain: string
  continueHere: string
  blockedTitle: string
  blockedText: string
  openInstagram: string

  account: (username: string) => string
  disconnect: string
  disconnectText: string
  showCaptions: string
  gridLabel: (username: string) => string
  gridHelp: string
  loading: string
  loaded: (count: number) => string
  allLoaded: (count: number) => string

  photo: (date: string | undefined) => string
  video: (date: string | undefined) => string
  group: (count: number, date: string | undefined) => string
  chosenInGroup: (count: number) => string
  videoReason: string
  typeReason: string
  missingReason: string
  limitReason: (max: number) => string
  noThumbnail: string

  groupTitle: (count: number) => string
  chooseAll: string
  chooseNone: string
  chosen: (count: number, max: number | undefined) => string
  noneChosen: (isMultiple: boolean) => string
  clear: string
  use: (count: number) => string

  preview: string
  previous: string
  next: string
  choose: string
  unchoose: string
  loadingPhoto: string
  photoFailed: string
  position: (index: number, total: number) => string
  openAtInstagram: string

  copying: (done: number, total: number) => string
  someFailed: (failed: number) => string
  useOthers: (count: number) => string
  chooseOther: (count: number) => string

  /** Asked before closing throws something away. */
  closing: Record<'copies' | 'choice', ClosingText>

  howToSwitch: string
  waitSeconds: (seconds: number) => string
  photoProblems: Record<PhotoProblemName, (count: number) => ProblemText>
  problems: Record<OtherProblemName, ProblemText>
}

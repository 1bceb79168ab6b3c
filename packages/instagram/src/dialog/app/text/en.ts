import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('en', count, { one: '# photo', other: '# photos' })

export const messages: Messages = {
  title: isMultiple => isMultiple ? 'Choose photos' : 'Choose a photo',
  instagram: 'Instagram',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  tryAgain: 'Try again',

  servicesTitle: 'Where are your photos?',
  servicesHint: 'Photos of your business or creator account',

  connectTitle: 'Your Instagram photos, right here',
  connectText: 'Sign in to Instagram in a small window, then choose from everything you have posted.',
  connectPromise: 'Your password stays with Instagram. You can disconnect at any time.',
  connect: 'Connect Instagram',
  connectAgain: 'Connect again',
  connectOther: 'Connect another account',
  waitingTitle: 'Waiting for Instagram',
  waitingText: 'Finish signing in there. Your photos appear here as soon as you are done.',
  professionalOnly: 'Works with business and creator accounts.',
  openAgain: 'Open the window again',
  continueHere: 'Continue in this window',
  blockedTitle: 'The window did not open',
  blockedText: 'Your browser held it back. Open Instagram with this button instead.',
  openInstagram: 'Open Instagram',

  account: username => `Account ${username}`,
  disconnect: 'Disconnect',
  disconnectText: 'Photos you have already chosen keep working until you remove access on Instagram.',
  showCaptions: 'Captions',
  gridLabel: username => `Photos of ${username}`,
  gridHelp: 'Arrow keys move, Space chooses, Enter uses a photo or opens a group, P enlarges it.',
  loading: 'Loading photos',
  loaded: count => `${photos(count)} loaded`,
  allLoaded: count => plural('en', count, { one: 'The only photo is loaded', other: 'All # photos are loaded' }),

  photo: date => date === undefined ? 'Photo' : `Photo, ${date}`,
  video: date => date === undefined ? 'Video' : `Video, ${date}`,
  group: (count, date) => `Group of ${photos(count)}${date === undefined ? '' : `, ${date}`}`,
  chosenInGroup: count => `${count} chosen`,
  videoReason: 'Videos cannot be chosen, only photos.',
  typeReason: 'This page does not accept files of this type.',
  missingReason: 'Instagram does not share this photo.',
  limitReason: max => `You can choose up to ${photos(max)}.`,
  noThumbnail: 'No picture to show',

  groupTitle: count => `Group of ${photos(count)}`,
  chooseAll: 'Choose all',
  chooseNone: 'Choose none',
  chosen: (count, max) => max === undefined ? `${count} chosen` : `${count} of ${max} chosen`,
  noneChosen: isMultiple => isMultiple ? 'Choose the photos you like' : 'Choose the photo you like',
  clear: 'Clear',
  use: count => count === 1 ? 'Use photo' : `Use ${photos(count)}`,

  preview: 'Enlarge',
  previous: 'Previous photo',
  next: 'Next photo',
  choose: 'Choose',
  unchoose: 'Chosen',
  loadingPhoto: 'The photo is loading',
  photoFailed: 'This photo could not be loaded.',
  position: (index, total) => `${index} of ${total}`,
  openAtInstagram: 'View on Instagram',

  copying: (done, total) => total === 1 ? 'Getting your photo' : `Getting photo ${Math.min(done + 1, total)} of ${total}`,
  someFailed: failed => `${photos(failed)} could not be fetched`,
  useOthers: count => `Use the other ${photos(count)}`,
  chooseOther: count => plural('en', count, { one: 'Choose another photo', other: 'Choose other photos' }),

  closing: {
    copies: { title: count => count === 1 ? 'Stop storing your photo?' : `Stop storing ${photos(count)}?`, explanation: () => 'Copies that have already been made will be removed.', stay: 'Keep going', leave: 'Stop' },
    choice: { title: count => count === 1 ? 'Close without your photo?' : `Close without your ${photos(count)}?`, explanation: count => count === 1 ? 'The photo you have chosen will not be used.' : 'The photos you have chosen will not be used.', stay: 'Keep choosing', leave: 'Close' }
  },

  howToSwitch: 'How to switch',
  waitSeconds: seconds => seconds < 90 ? `Next try in ${seconds} s` : `Next try in ${Math.ceil(seconds / 60)} min`,
  photoProblems: {
    gone: count => ({ title: plural('en', count, { one: 'This photo is gone', other: '# photos are gone' }), text: plural('en', count, { one: 'It was deleted on Instagram a moment ago. Choose another one.', other: 'They were deleted on Instagram a moment ago. Choose others.' }) }),
    tooLarge: count => ({ title: plural('en', count, { one: 'This photo is too large', other: '# photos are too large' }), text: plural('en', count, { one: 'This page accepts smaller files only. Choose another one.', other: 'This page accepts smaller files only. Choose others.' }) }),
    tooSmall: count => ({ title: plural('en', count, { one: 'This photo is too small', other: '# photos are too small' }), text: plural('en', count, { one: 'This page accepts larger files only. Choose another one.', other: 'This page accepts larger files only. Choose others.' }) }),
    wrongType: count => ({ title: plural('en', count, { one: 'This file type is not accepted', other: '# photos are of a type that is not accepted' }), text: plural('en', count, { one: 'This page accepts other types of pictures only. Choose another one.', other: 'This page accepts other types of pictures only. Choose others.' }) })
  },
  problems: {
    offline: { title: 'You are offline', text: 'The photos could not be reached. Check your connection; this continues by itself once you are back online.' },
    expired: { title: 'Your sign-in has ended', text: 'Instagram asks you to sign in again. Nothing you have chosen is lost.' },
    personal: { title: 'This is a personal account', text: 'Instagram shares photos of business and creator accounts only. Switching is free and takes a minute in Instagram’s settings, under “Account type and tools”.' },
    permission: { title: 'One permission is missing', text: 'To show your photos, Instagram needs your permission to view them. Connect again and leave it switched on.' },
    declined: { title: 'Not connected', text: 'You cancelled on Instagram. Connect whenever you like; nothing has been shared.' },
    limit: { title: 'A short break', text: 'There were too many requests in a short time. Your photos will be back in a moment.' },
    unavailable: { title: 'Instagram is not responding', text: 'This usually passes within minutes.' },
    empty: { title: 'No photos yet', text: 'This account has not posted any photos. Post one, or connect another account.' },
    storage: { title: 'The copy could not be saved', text: 'The page’s storage is not responding. Try again in a moment.' },
    notAllowed: { title: 'Not allowed here', text: 'This page’s permission does not cover this, or it has run out. Reload the page and try again.' },
    unknownApp: { title: 'This page is not set up', text: 'Its key is not known here. Whoever runs the page can fix this.' },
    foreignPage: { title: 'This page may not choose photos', text: 'Its address is not on the list. Whoever runs the page can add it.' },
    noOpener: { title: 'No page is waiting', text: 'Photos go to the page that opened this window. Go back there and start again.' },
    notOffered: { title: 'Nothing to choose from', text: 'This page asked for services that are not offered here.' },
    signInLost: { title: 'The sign-in did not finish', text: 'Something went wrong on the way back from Instagram. Please try once more.' },
    siteSignIn: { title: 'Sign in to this site first', text: 'Your photos are connected to your account here. Sign in on the page, then choose photos.' },
    restricted: { title: 'Instagram has restricted this account', text: 'Open Instagram and follow the instructions there, then connect again.' },
    role: { title: 'Not open to everyone yet', text: 'This page’s Instagram app is still being tested and does not know your account. Whoever runs the page can invite you.' },
    unknown: { title: 'Something went wrong', text: 'Please try again in a moment.' }
  }
}

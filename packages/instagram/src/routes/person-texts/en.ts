import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'Instagram is connected', message: `You are connected as ${username}. You can close this window and go on choosing photos.` }),
  notConnected: 'Instagram was not connected',
  reasons: {
    declined: 'You did not allow access to your photos, so nothing was connected.',
    role: 'Instagram refuses this account for this app. It must be a Business or Creator account and, while the app is being tested, an accepted Instagram tester (Instagram > Settings > Website permissions > Apps and websites > Tester invites).',
    personal: 'This is a personal account. Instagram shares photos of Business and Creator accounts only.',
    permission: 'Instagram did not grant the permission to see your photos. Connect again and leave it switched on.',
    limit: 'There were too many requests in a short time. Try again in a while.',
    restricted: 'Instagram has restricted this account. Open the Instagram app and follow what it says there, then try again.',
    unavailable: 'Instagram does not answer properly at the moment. Try again in a minute.',
    refused: 'Instagram did not complete the sign-in. Start again; if it happens every time, tell the people who run this site.',
    expired: 'This link is too old, or is not known here. Go back to the page where you choose photos and start again.',
    used: 'This sign-in has been used already. Go back to the page where you choose photos and start again.',
    foreign: 'This link belongs to another browser. Go back to the page where you choose photos and start there.',
    siteSignIn: 'Sign in to this site first.',
    unknownApp: 'The page that you come from is not set up here. Whoever runs it can fix that.',
    address: 'This address is not complete.',
    failed: 'Something went wrong here. Try again.'
  },
  limitEnds: wait => `There were too many requests in a short time. Try again ${wait}.`,
  closeWindow: 'You can close this window.',
  deletion: {
    unknown: { title: 'Unknown code', message: 'There is no deletion request with this code.' },
    underWay: asked => ({ title: 'Deletion under way', message: `Asked for on ${asked}. The access to Instagram has ended; the copies of photos are being erased.` }),
    done: (asked, done) => ({ title: 'Everything is deleted', message: `Asked for on ${asked}, done on ${done}. The access to Instagram, the photos and everything else that belonged to the account has been erased.` })
  }
}

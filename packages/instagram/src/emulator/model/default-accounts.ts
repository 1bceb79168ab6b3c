import { describePhoto, PHOTO_COUNT } from '../photos/catalogue.ts'
import type { AccountPlan } from './accounts.ts'
import type { PostPlan } from './media.ts'

/** The accounts of an emulator that was given none: one of each kind that a client meets. */
export function defaultAccounts (): AccountPlan[] {
  return [
    { username: 'harbour.and.hill', name: 'Harbour & Hill', accountType: 'BUSINESS', followersCount: 4812, posts: showcase() },
    { username: 'noor.paints.light', name: 'Noor Vermeer', accountType: 'MEDIA_CREATOR', followersCount: 23_904, posts: gallery(24, 31) },
    { username: 'sam.at.home', name: 'Sam', accountType: 'PERSONAL', followersCount: 118, posts: gallery(5, 9) },
    { username: 'quiet.studio', name: 'Quiet Studio', accountType: 'BUSINESS', followersCount: 3, posts: 0 },
    { username: 'ten.thousand.days', name: 'Ten Thousand Days', accountType: 'MEDIA_CREATOR', followersCount: 981_224, posts: 10_240 },
    { username: 'bare.profile', accountType: 'BUSINESS', posts: gallery(2, 40) }
  ]
}

function photoPost (photo: number): PostPlan {
  const { caption, altText } = describePhoto(photo)
  return { photo, caption, altText }
}

function gallery (count: number, step: number): PostPlan[] {
  return Array.from({ length: count }, (_, index) => photoPost((index * step + step) % PHOTO_COUNT))
}

/** Every photo of the catalogue once, and among them each kind of media that trips clients. */
function showcase (): PostPlan[] {
  const photos = Array.from({ length: PHOTO_COUNT }, (_, index) => photoPost(index))
  const [album, mixed] = [photos.splice(12, 4), photos.splice(24, 3)]
  const special: ReadonlyArray<readonly [number, PostPlan]> = [
    [3, { photo: album[0]?.photo ?? 0, caption: 'Four from the same walk. Swipe.', children: album.map(asChild) }],
    [7, { photo: 20, mediaType: 'VIDEO', caption: 'Ten seconds of wind in the grass. Sound on.' }],
    [10, { photo: 33, mediaType: 'VIDEO', productType: 'REELS', caption: 'How the light moved through the day' }],
    [13, { photo: 41, caption: 'With the song we all know', hasUrl: false }],
    [16, { photo: 47 }],
    [19, { photo: mixed[0]?.photo ?? 0, caption: 'Stills and a clip from the coast', children: [...mixed.map(asChild), { photo: 5, mediaType: 'VIDEO' }] }],
    [22, { photo: 52, mediaType: 'VIDEO', productType: 'REELS', caption: 'Reel with borrowed audio', hasUrl: false }]
  ]
  for (const [place, post] of special) photos.splice(place, 0, post)
  return photos.map((post, index) => index === 5 ? { ...post, extension: 'webp' } : index === 8 ? { ...post, extension: 'heic' } : post)
}

function asChild ({ photo, altText }: PostPlan): PostPlan {
  return altText === undefined ? { photo } : { photo, altText }
}

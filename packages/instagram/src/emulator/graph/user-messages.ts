import type { GraphErrorDetail } from '../errors.ts'
import type { EmulatorSwitches } from '../switches.ts'

type Language = EmulatorSwitches['userMessages']
type Words = readonly [title: string, message: string]

/** What a person may be shown, by `code/subcode`. Instagram writes it in the person's language: clients must not read it. */
const USER_MESSAGES: Readonly<Record<string, Readonly<Record<Language, Words>>>> = {
  '36000/2207004': {
    en: ['Image size too large', 'The image is too large to download. It should be less than 8 MiB.'],
    de: ['Bild zu groß', 'Das Bild ist zu groß. Es sollte kleiner als 8 MiB sein.'],
    ja: ['画像サイズが大きすぎます', '画像が大きすぎてダウンロードできません。8 MiB未満にしてください。']
  },
  '36001/2207005': {
    en: ['Unsupported format', 'The image format is not supported. Please use JPEG.'],
    de: ['Format nicht unterstützt', 'Dieses Bildformat wird nicht unterstützt. Bitte JPEG verwenden.'],
    ja: ['サポートされていない形式', 'この画像形式はサポートされていません。JPEGを使用してください。']
  },
  '36003/2207009': {
    en: ['Invalid aspect ratio', 'The aspect ratio must be between 4:5 and 1.91:1.'],
    de: ['Ungültiges Seitenverhältnis', 'Das Seitenverhältnis muss zwischen 4:5 und 1,91:1 liegen.'],
    ja: ['無効なアスペクト比', 'アスペクト比は4:5から1.91:1の間にしてください。']
  },
  '36004/2207010': {
    en: ['Caption too long', 'The caption has more than 2,200 characters.'],
    de: ['Bildunterschrift zu lang', 'Die Bildunterschrift hat mehr als 2.200 Zeichen.'],
    ja: ['キャプションが長すぎます', 'キャプションは2,200文字以内にしてください。']
  },
  '9004/2207052': {
    en: ['Media download has failed', 'The media could not be fetched from this URI.'],
    de: ['Herunterladen fehlgeschlagen', 'Die Medien konnten von dieser Adresse nicht geladen werden.'],
    ja: ['メディアのダウンロードに失敗しました', 'このURIからメディアを取得できませんでした。']
  },
  '9007/2207027': {
    en: ['Media not ready', 'The media is not ready for publishing. Please wait.'],
    de: ['Noch nicht bereit', 'Die Medien können noch nicht veröffentlicht werden. Bitte warten.'],
    ja: ['メディアの準備ができていません', 'メディアはまだ公開できません。お待ちください。']
  },
  '9/2207042': {
    en: ['Maximum number of posts reached', 'You reached the maximum number of posts for today.'],
    de: ['Höchstzahl erreicht', 'Die Höchstzahl der Beiträge ist erreicht.'],
    ja: ['投稿数の上限', '投稿数の上限に達しました。']
  }
}

/** Adds `error_user_title` and `error_user_msg` where Instagram sends them. */
export function inUsersLanguage (detail: GraphErrorDetail, language: Language): GraphErrorDetail {
  const words = USER_MESSAGES[`${detail.code}/${detail.error_subcode ?? ''}`]?.[language]
  return words === undefined ? detail : { ...detail, error_user_title: words[0], error_user_msg: words[1] }
}

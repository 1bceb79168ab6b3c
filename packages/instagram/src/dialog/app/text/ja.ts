import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('ja', count, { other: '写真#枚' })

export const messages: Messages = {
  title: () => '写真を選ぶ',
  instagram: 'Instagram',
  close: '閉じる',
  cancel: 'キャンセル',
  back: '戻る',
  tryAgain: '再試行',

  servicesTitle: '写真はどこにありますか？',
  servicesHint: 'ビジネスまたはクリエイターアカウントの写真',

  connectTitle: 'Instagramの写真をここで選べます',
  connectText: '小さなウィンドウでInstagramにログインすると、投稿した写真から選べます。',
  connectPromise: 'パスワードがInstagramの外に出ることはありません。接続はいつでも解除できます。',
  connect: 'Instagramに接続',
  connectAgain: '再接続',
  connectOther: '別のアカウントを接続',
  waitingTitle: 'Instagramを待っています',
  waitingText: 'もう一つのウィンドウでログインを完了してください。終わり次第、ここに写真が表示されます。',
  professionalOnly: 'ビジネスとクリエイターのアカウントで使えます。',
  openAgain: 'ウィンドウをもう一度開く',
  continueHere: 'このウィンドウで続ける',
  blockedTitle: 'ウィンドウが開きませんでした',
  blockedText: 'ブラウザーがブロックしました。このボタンからInstagramを開いてください。',
  openInstagram: 'Instagramを開く',

  account: username => `アカウント ${username}`,
  disconnect: '接続を解除',
  disconnectText: 'すでに選んだ写真は、Instagramでアクセスを削除するまで使えます。',
  showCaptions: 'キャプション',
  gridLabel: username => `${username} の写真`,
  gridHelp: '矢印キーで移動、スペースで選択、Enterで写真を使うかグループを開く、Pで拡大表示します。',
  loading: '写真を読み込み中',
  loaded: count => `${photos(count)}を読み込みました`,
  allLoaded: count => `${photos(count)}をすべて読み込みました`,

  photo: date => date === undefined ? '写真' : `写真、${date}`,
  video: date => date === undefined ? '動画' : `動画、${date}`,
  group: (count, date) => `${photos(count)}のグループ${date === undefined ? '' : `、${date}`}`,
  chosenInGroup: count => `${count}枚選択中`,
  videoReason: '動画は選べません。写真だけ選べます。',
  typeReason: 'このページではこの種類のファイルは使えません。',
  missingReason: 'この写真はInstagramから取得できません。',
  limitReason: max => `最大${max}枚まで選べます。`,
  noThumbnail: '画像なし',

  groupTitle: count => `${photos(count)}のグループ`,
  chooseAll: 'すべて選択',
  chooseNone: 'すべて解除',
  chosen: (count, max) => max === undefined ? `${count}枚選択中` : `${max}枚中${count}枚選択中`,
  noneChosen: () => '好きな写真を選んでください',
  clear: 'クリア',
  use: count => count === 1 ? 'この写真を使う' : `${photos(count)}を使う`,

  preview: '拡大表示',
  previous: '前の写真',
  next: '次の写真',
  choose: '選択',
  unchoose: '選択済み',
  loadingPhoto: '写真を読み込んでいます',
  photoFailed: 'この写真を読み込めませんでした。',
  position: (index, total) => `${index} / ${total}`,
  openAtInstagram: 'Instagramで見る',

  copying: (done, total) => total === 1 ? '写真を取得しています' : `写真を取得しています（${Math.min(done + 1, total)} / ${total}）`,
  someFailed: failed => `${photos(failed)}を取得できませんでした`,
  useOthers: count => `残りの${photos(count)}を使う`,
  chooseOther: () => '別の写真を選ぶ',

  closing: {
    copies: { title: count => `${photos(count)}の保存を中止しますか？`, explanation: () => '保存済みのコピーは削除されます。', stay: '保存を続ける', leave: '中止する' },
    choice: { title: count => `選んだ${photos(count)}を使わずに閉じますか？`, explanation: () => '写真の選択は失われます。', stay: '選択を続ける', leave: '閉じる' }
  },

  howToSwitch: '切り替え方法',
  waitSeconds: seconds => seconds < 90 ? `${seconds}秒後に再試行します` : `${Math.ceil(seconds / 60)}分後に再試行します`,
  photoProblems: {
    gone: count => ({ title: count === 1 ? 'この写真はもうありません' : `${photos(count)}はもうありません`, text: 'たった今Instagramで削除されました。別の写真を選んでください。' }),
    tooLarge: count => ({ title: count === 1 ? 'この写真は大きすぎます' : `${photos(count)}は大きすぎます`, text: 'このページではもっと小さなファイルだけ使えます。別の写真を選んでください。' }),
    tooSmall: count => ({ title: count === 1 ? 'この写真は小さすぎます' : `${photos(count)}は小さすぎます`, text: 'このページではもっと大きなファイルだけ使えます。別の写真を選んでください。' }),
    wrongType: count => ({ title: count === 1 ? 'この種類のファイルは使えません' : `${photos(count)}は使えない種類のファイルです`, text: 'このページでは別の種類の画像だけ使えます。別の写真を選んでください。' })
  },
  problems: {
    offline: { title: 'オフラインです', text: '写真にアクセスできません。接続を確認してください。復旧すると自動的に再開します。' },
    expired: { title: 'ログインの有効期限が切れました', text: 'もう一度Instagramにログインしてください。選んだ写真はそのまま残ります。' },
    personal: { title: 'これは個人用アカウントです', text: 'Instagramが写真を共有するのはビジネスとクリエイターのアカウントだけです。切り替えは無料で、Instagramの設定「アカウントの種類とツール」から1分でできます。' },
    permission: { title: '許可が1つ足りません', text: '写真を表示するには許可が必要です。再接続し、許可をオンのままにしてください。' },
    declined: { title: '接続されていません', text: 'Instagram側でキャンセルされました。いつでも接続できます。何も共有されていません。' },
    limit: { title: '少しお待ちください', text: '短時間にリクエストが集中しました。まもなく写真が表示されます。' },
    unavailable: { title: 'Instagramが応答しません', text: '通常は数分で回復します。' },
    empty: { title: 'まだ写真がありません', text: 'このアカウントには写真の投稿がありません。投稿するか、別のアカウントを接続してください。' },
    storage: { title: 'コピーを保存できませんでした', text: 'ページの保存先が応答しません。しばらくしてからもう一度お試しください。' },
    notAllowed: { title: 'ここでは許可されていません', text: 'このページの許可が足りないか、期限が切れています。ページを再読み込みしてください。' },
    unknownApp: { title: 'このページは設定されていません', text: 'キーが登録されていません。ページの管理者が直せます。' },
    foreignPage: { title: 'このページからは写真を選べません', text: 'アドレスがリストにありません。ページの管理者が追加できます。' },
    noOpener: { title: '写真の送り先のページがありません', text: '写真はこのウィンドウを開いたページに送られます。そのページに戻ってやり直してください。' },
    notOffered: { title: '選べるものがありません', text: 'このページが求めたサービスは、ここでは提供されていません。' },
    signInLost: { title: 'ログインが完了しませんでした', text: 'Instagramから戻る途中で問題が起きました。もう一度お試しください。' },
    siteSignIn: { title: '先にこのサイトにログインしてください', text: '写真はこのサイトのアカウントに連携されています。ページでログインしてから写真を選んでください。' },
    restricted: { title: 'このアカウントはInstagramで制限されています', text: 'Instagramを開いて案内に従い、それから再接続してください。' },
    role: { title: 'まだ一般公開されていません', text: 'このページのInstagramアプリはテスト中で、あなたのアカウントが登録されていません。ページの管理者が招待できます。' },
    unknown: { title: '問題が発生しました', text: 'しばらくしてからもう一度お試しください。' }
  }
}

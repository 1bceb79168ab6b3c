import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'Instagramに接続しました', message: `${username}として接続しています。このウィンドウを閉じて、写真選びを続けられます。` }),
  notConnected: 'Instagramに接続できませんでした',
  reasons: {
    declined: '写真へのアクセスが許可されなかったため、何も接続されていません。',
    role: 'Instagramはこのアプリでのこのアカウントの利用を拒否しています。ビジネスまたはクリエイターのアカウントで、アプリのテスト中はテスターの招待を承認している必要があります（Instagram > 設定 > ウェブサイトの許可 > アプリとウェブサイト > テスターへの招待）。',
    personal: 'これは個人用アカウントです。Instagramが写真を共有するのはビジネスとクリエイターのアカウントだけです。',
    permission: '写真を見る許可がInstagramで与えられませんでした。再接続し、許可をオンのままにしてください。',
    limit: '短い時間にリクエストが多すぎました。しばらくしてからもう一度お試しください。',
    restricted: 'Instagramがこのアカウントを制限しています。Instagramアプリを開いて案内に従い、もう一度お試しください。',
    unavailable: 'Instagramが今、正しく応答していません。1分ほどしてからもう一度お試しください。',
    refused: 'Instagramがログインを完了しませんでした。最初からやり直してください。毎回起こる場合は、このサイトの運営者に知らせてください。',
    expired: 'このリンクは古すぎるか、ここでは不明です。写真を選ぶページに戻り、最初からやり直してください。',
    used: 'このログインはすでに使われています。写真を選ぶページに戻り、最初からやり直してください。',
    foreign: 'このリンクは別のブラウザーのものです。写真を選ぶページに戻り、そこから始めてください。',
    siteSignIn: '先にこのサイトにログインしてください。',
    unknownApp: '元のページはここに設定されていません。ページの管理者が直せます。',
    address: 'このアドレスは不完全です。',
    failed: '問題が起きました。もう一度お試しください。'
  },
  limitEnds: wait => `短い時間にリクエストが多すぎました。${wait}にもう一度お試しください。`,
  closeWindow: 'このウィンドウは閉じてかまいません。',
  deletion: {
    unknown: { title: '不明なコード', message: 'このコードの削除依頼はありません。' },
    underWay: asked => ({ title: '削除中です', message: `${asked}に依頼されました。Instagramへのアクセスは終了し、写真のコピーを削除しています。` }),
    done: (asked, done) => ({ title: 'すべて削除されました', message: `${asked}に依頼され、${done}に完了しました。Instagramへのアクセス、写真、そのほかアカウントに属するものはすべて消去されました。` })
  }
}

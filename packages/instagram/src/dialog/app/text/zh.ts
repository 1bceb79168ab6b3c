import type { Messages } from './messages.ts'
import { plural } from './plural.ts'

const photos = (count: number) => plural('zh', count, { other: '# 张照片' })

export const messages: Messages = {
  title: () => '选择照片',
  instagram: 'Instagram',
  close: '关闭',
  cancel: '取消',
  back: '返回',
  tryAgain: '重试',

  servicesTitle: '您的照片在哪里？',
  servicesHint: '您的商家或创作者账号的照片',

  connectTitle: '您的 Instagram 照片，就在这里',
  connectText: '在小窗口中登录 Instagram，然后从您发布的所有照片中选择。',
  connectPromise: '您的密码只留在 Instagram。您可以随时断开连接。',
  connect: '连接 Instagram',
  connectAgain: '重新连接',
  connectOther: '连接其他账号',
  waitingTitle: '正在等待 Instagram',
  waitingText: '请在另一个窗口中完成登录。完成后，您的照片会显示在这里。',
  professionalOnly: '适用于商家和创作者账号。',
  openAgain: '再次打开窗口',
  continueHere: '在此窗口中继续',
  blockedTitle: '窗口没有打开',
  blockedText: '浏览器拦截了该窗口。请使用此按钮打开 Instagram。',
  openInstagram: '打开 Instagram',

  account: username => `账号 ${username}`,
  disconnect: '断开连接',
  disconnectText: '已选择的照片会继续可用，直到您在 Instagram 中移除访问权限。',
  showCaptions: '说明文字',
  gridLabel: username => `${username} 的照片`,
  gridHelp: '方向键移动，空格键选择，回车键使用照片或打开组，P 键放大查看。',
  loading: '正在加载照片',
  loaded: count => `已加载 ${photos(count)}`,
  allLoaded: count => `已加载全部 ${photos(count)}`,

  photo: date => date === undefined ? '照片' : `照片，${date}`,
  video: date => date === undefined ? '视频' : `视频，${date}`,
  group: (count, date) => `${photos(count)}的组${date === undefined ? '' : `，${date}`}`,
  chosenInGroup: count => `已选 ${count} 张`,
  videoReason: '只能选择照片，不能选择视频。',
  typeReason: '此页面不接受这类文件。',
  missingReason: 'Instagram 不提供这张照片。',
  limitReason: max => `最多可选择 ${photos(max)}。`,
  noThumbnail: '没有图像',

  groupTitle: count => `${photos(count)}的组`,
  chooseAll: '全选',
  chooseNone: '全不选',
  chosen: (count, max) => max === undefined ? `已选 ${count} 张` : `已选 ${count} / ${max} 张`,
  noneChosen: () => '选择您喜欢的照片',
  clear: '清除',
  use: count => count === 1 ? '使用照片' : `使用 ${photos(count)}`,

  preview: '放大查看',
  previous: '上一张',
  next: '下一张',
  choose: '选择',
  unchoose: '已选择',
  loadingPhoto: '正在加载照片',
  photoFailed: '无法加载这张照片。',
  position: (index, total) => `${index} / ${total}`,
  openAtInstagram: '在 Instagram 上查看',

  copying: (done, total) => total === 1 ? '正在获取照片' : `正在获取第 ${Math.min(done + 1, total)} 张，共 ${total} 张`,
  someFailed: failed => `${photos(failed)}无法获取`,
  useOthers: count => `使用其余 ${photos(count)}`,
  chooseOther: count => count === 1 ? '选择另一张照片' : '选择其他照片',

  closing: {
    copies: { title: count => `要停止保存 ${photos(count)}吗？`, explanation: () => '已保存的副本将被删除。', stay: '继续保存', leave: '停止' },
    choice: { title: count => `要关闭而不使用所选的 ${photos(count)}吗？`, explanation: () => '您的选择不会保留。', stay: '继续选择', leave: '关闭' }
  },

  howToSwitch: '如何切换',
  waitSeconds: seconds => seconds < 90 ? `${seconds} 秒后重试` : `${Math.ceil(seconds / 60)} 分钟后重试`,
  photoProblems: {
    gone: count => ({ title: count === 1 ? '这张照片已不存在' : `${photos(count)}已不存在`, text: count === 1 ? '它刚刚在 Instagram 上被删除。请选择另一张。' : '它们刚刚在 Instagram 上被删除。请选择其他照片。' }),
    tooLarge: count => ({ title: count === 1 ? '这张照片太大' : `${photos(count)}太大`, text: count === 1 ? '此页面只接受更小的文件。请选择另一张。' : '此页面只接受更小的文件。请选择其他照片。' }),
    tooSmall: count => ({ title: count === 1 ? '这张照片太小' : `${photos(count)}太小`, text: count === 1 ? '此页面只接受更大的文件。请选择另一张。' : '此页面只接受更大的文件。请选择其他照片。' }),
    wrongType: count => ({ title: count === 1 ? '不接受这类文件' : `${photos(count)}的类型不被接受`, text: count === 1 ? '此页面只接受其他类型的图片。请选择另一张。' : '此页面只接受其他类型的图片。请选择其他照片。' })
  },
  problems: {
    offline: { title: '您已离线', text: '无法获取照片。请检查网络连接；恢复后会自动继续。' },
    expired: { title: '您的登录已过期', text: 'Instagram 要求您重新登录。已选择的内容不会丢失。' },
    personal: { title: '这是个人账号', text: 'Instagram 只共享商家和创作者账号的照片。切换免费，在 Instagram 设置的“账号类型和工具”中一分钟即可完成。' },
    permission: { title: '缺少一项权限', text: '显示照片需要您的授权。请重新连接并保持该权限开启。' },
    declined: { title: '未连接', text: '您在 Instagram 中取消了。随时可以连接；没有共享任何内容。' },
    limit: { title: '稍等片刻', text: '短时间内请求过多。您的照片稍后就会显示。' },
    unavailable: { title: 'Instagram 没有响应', text: '通常几分钟内就会恢复。' },
    empty: { title: '还没有照片', text: '此账号尚未发布任何照片。请发布一张，或连接其他账号。' },
    storage: { title: '无法保存副本', text: '页面的存储没有响应。请稍后重试。' },
    notAllowed: { title: '此处不允许', text: '此页面的授权不包含此操作，或已过期。请重新加载页面后再试。' },
    unknownApp: { title: '此页面尚未设置', text: '此处无法识别它的密钥。页面管理者可以解决此问题。' },
    foreignPage: { title: '此页面不能选择照片', text: '它的地址不在名单上。页面管理者可以添加。' },
    noOpener: { title: '没有等待接收的页面', text: '照片会发送到打开此窗口的页面。请回到那里重新开始。' },
    notOffered: { title: '没有可选择的内容', text: '此页面请求的服务在这里不提供。' },
    signInLost: { title: '登录没有完成', text: '从 Instagram 返回时出了问题。请再试一次。' },
    siteSignIn: { title: '请先登录本网站', text: '您的照片已与您在本网站的账号关联。请在页面上登录，然后选择照片。' },
    restricted: { title: '此账号受到 Instagram 限制', text: '请打开 Instagram 并按提示操作，然后重新连接。' },
    role: { title: '尚未对所有人开放', text: '此页面的 Instagram 应用仍在测试，尚未包含您的账号。页面管理者可以邀请您。' },
    unknown: { title: '出现问题', text: '请稍后重试。' }
  }
}

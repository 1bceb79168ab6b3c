import type { PersonTexts } from './texts.ts'

export const texts: PersonTexts = {
  connected: username => ({ title: 'Instagram 已连接', message: `您已以 ${username} 的身份连接。您可以关闭此窗口，继续选择照片。` }),
  notConnected: 'Instagram 未能连接',
  reasons: {
    declined: '您没有允许访问您的照片，因此没有连接任何内容。',
    role: 'Instagram 拒绝此账号使用此应用。它必须是商家或创作者账号；在应用测试期间，还必须已接受测试邀请（Instagram > 设置 > 网站权限 > 应用和网站 > 测试邀请）。',
    personal: '这是个人账号。Instagram 只共享商家和创作者账号的照片。',
    permission: 'Instagram 没有授予查看照片的权限。请重新连接并保持该权限开启。',
    limit: '短时间内请求过多。请稍后再试。',
    restricted: 'Instagram 限制了此账号。请打开 Instagram 应用，按照提示操作，然后再试。',
    unavailable: 'Instagram 目前没有正常响应。请一分钟后再试。',
    refused: 'Instagram 没有完成登录。请重新开始；如果每次都这样，请告知本网站的管理者。',
    expired: '此链接太旧，或在这里不存在。请回到选择照片的页面重新开始。',
    used: '此登录已被使用。请回到选择照片的页面重新开始。',
    foreign: '此链接属于另一个浏览器。请回到选择照片的页面，从那里开始。',
    siteSignIn: '请先登录本网站。',
    unknownApp: '您来自的页面没有在这里设置。页面管理者可以解决。',
    address: '此地址不完整。',
    failed: '这里出了问题。请重试。'
  },
  limitEnds: wait => `短时间内请求过多。请在${wait}再试。`,
  closeWindow: '您可以关闭此窗口。',
  deletion: {
    unknown: { title: '未知代码', message: '没有使用此代码的删除请求。' },
    underWay: asked => ({ title: '正在删除', message: `请求日期：${asked}。对 Instagram 的访问已结束；照片副本正在清除。` }),
    done: (asked, done) => ({ title: '全部已删除', message: `请求日期：${asked}；完成日期：${done}。对 Instagram 的访问、照片以及属于该账号的其他一切均已清除。` })
  }
}

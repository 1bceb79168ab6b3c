import t from 'tap'
import type { DownloadRule } from '../../src/domain/ports.ts'
import { ContactsheetError } from '../../src/errors.ts'
import { checkDestination } from '../../src/fetcher/destination.ts'

const CDN_HOSTS = ['*.cdninstagram.com', '*.fbcdn.net', 'exact.example', 'ported.example:8443', '127.0.0.1:4000', 'localhost:4001']

function isRefused (url: string, rule: DownloadRule): boolean {
  try {
    checkDestination(url, rule, { cdnHosts: CDN_HOSTS, urlHosts: ['intranet.example:8443', '127.0.0.1:5000', '10.0.0.5'] })
    return false
  } catch (error) {
    return error instanceof ContactsheetError && error.code === 'URL_NOT_ALLOWED'
  }
}

t.test("Instagram's listed hosts may be reached over https", async t => {
  for (const url of ['https://scontent.cdninstagram.com/a.jpg', 'https://scontent-ams2-1.xx.fbcdn.net/v/a?oe=1', 'https://exact.example/', 'https://ported.example:8443/']) {
    t.notOk(isRefused(url, 'instagram'), url)
  }
})

t.test('hosts that only look like the listed ones may not', async t => {
  for (const url of [
    'https://cdninstagram.com.evil.example/', 'https://evilcdninstagram.com/', 'https://cdninstagram.com/', 'https://scontent.cdninstagram.com:8443/', 'https://exact.example:444/',
    'https://sub.exact.example/', 'https://ported.example/', 'https://evil.example/?.cdninstagram.com', 'https://evil.example/#.fbcdn.net', 'https://1.1.1.1/'
  ]) t.ok(isRefused(url, 'instagram'), url)
})

t.test('a loopback host is reached when it is listed, by plain http too; no other host is', async t => {
  t.notOk(isRefused('http://127.0.0.1:4000/a.jpg', 'instagram'))
  t.notOk(isRefused('http://localhost:4001/a.jpg', 'instagram'))
  t.ok(isRefused('http://127.0.0.1:4002/a.jpg', 'instagram'))
  t.ok(isRefused('http://scontent.cdninstagram.com/a.jpg', 'instagram'))
})

t.test('any public https address may be stored from, and nothing else', async t => {
  t.notOk(isRefused('https://example.com/a.jpg', 'public'))
  t.notOk(isRefused('https://example.com:8443/a.jpg', 'public'))
  for (const url of ['http://example.com/a.jpg', 'ftp://example.com/a', 'file:///etc/passwd', 'data:image/png;base64,AAAA', 'javascript:1', 'not an address', '', '//example.com/a']) {
    t.ok(isRefused(url, 'public'), url)
  }
})

t.test('a host that is listed for storing need not be public, and is still asked by https', async t => {
  t.notOk(isRefused('https://intranet.example:8443/a.jpg', 'public'))
  t.notOk(isRefused('https://10.0.0.5/a.jpg', 'public'))
  t.ok(isRefused('https://10.0.0.6/a.jpg', 'public'))
  t.ok(isRefused('http://intranet.example:8443/a.jpg', 'public'))
  t.notOk(isRefused('http://127.0.0.1:5000/a.jpg', 'public'))
  t.ok(isRefused('https://intranet.example:8443/a.jpg', 'instagram'))
  t.ok(isRefused('http://127.0.0.1:4000/a.jpg', 'public'), "Instagram's list is not for storing")
})

t.test('attack: userinfo@ in an address is refused', async t => {
  for (const url of ['https://user@example.com/', 'https://user:password@example.com/', 'https://:x@example.com/', 'https://scontent.cdninstagram.com@evil.example/']) {
    t.ok(isRefused(url, 'public'), url)
    t.ok(isRefused(url, 'instagram'), url)
  }
})

t.test('attack: private addresses in any spelling are refused', async t => {
  for (const host of [
    '127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '169.254.169.254', '10.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[fd00:ec2::254]', '0.0.0.0', '１２７.0.0.1'
  ]) t.ok(isRefused(`https://${host}/`, 'public'), host)
})

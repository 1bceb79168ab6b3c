import t from 'tap'
import { isLoopbackAddress, isPublicAddress } from '../../src/fetcher/address.ts'

const PUBLIC = ['1.1.1.1', '8.8.8.8', '157.240.22.63', '223.255.255.254', '2606:4700:4700::1111', '2a03:2880:f21c:80c1:face:b00c:0:4420']

const NOT_PUBLIC = [
  '0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1',
  '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'
]

/** Every way in which IPv6 can say 127.0.0.1, 169.254.169.254 or "not on the internet". */
const IPV6_FORMS = [
  '::', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::a9fe:a9fe',
  '2002:7f00:1::', '2001::1', '2001:db8::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fec0::1', 'ff02::1', '100::1', '3fff::1', '5f00::1'
]

t.test('public addresses may be reached', async t => {
  for (const address of PUBLIC) t.ok(isPublicAddress(address), address)
})

t.test('private, loopback, link-local, reserved and multicast addresses may not', async t => {
  for (const address of NOT_PUBLIC) t.notOk(isPublicAddress(address), address)
})

t.test('attack: IPv6 forms of such addresses may not either', async t => {
  for (const address of IPV6_FORMS) t.notOk(isPublicAddress(address), address)
})

t.test('what is no address may not be reached', async t => {
  for (const text of ['', 'localhost', '127.1', '0x7f.1', '2130706433', '1.1.1.1 ', 'fe80::1%eth0']) t.notOk(isPublicAddress(text), text)
})

t.test('loopback is this machine only', async t => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1']) t.ok(isLoopbackAddress(address), address)
  for (const address of ['128.0.0.1', '10.0.0.1', 'fe80::1', 'text']) t.notOk(isLoopbackAddress(address), address)
})

import t from 'tap'
import { OPERATIONS } from '../../../src/domain/conversion/operations.ts'
import { conversionQuery, parseConversion } from '../../../src/domain/conversion/parse.ts'
import { withFormat } from '../../../src/domain/conversion/plan.ts'

function stepsOf (parameters: Record<string, unknown>): unknown[] {
  return parseConversion(parameters).steps.map(({ name, settings }) => [name, settings])
}

function refusalOf (parameters: Record<string, unknown>): string {
  try {
    parseConversion(parameters)
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was refused'
}

t.test('both names and every spelling of a parameter mean the same', async t => {
  const url = 'https://example.com/a.png'
  for (const [one, other] of [
    [{ w: '40', h: '30' }, { width: 40, height: '30' }],
    [{ w: 40, h: 30 }, { W: 40, Height: 30 }],
    [{ crop: '1,2,3,4', crop_first: 'true' }, { crop: '[1, 2, 3, 4]', cropFirst: true }],
    [{ filter: 'blur', blurAmount: 5 }, { blur: '5' }],
    [{ filter: 'blur', blur_amount: 5 }, { filter: 'blur', blur: 5 }],
    [{ filter: 'sharpen', sharpenAmount: 3 }, { sharpen: 3 }],
    [{ filter: 'sepia' }, { sepia: 'true' }],
    [{ watermark: url, watersize: 30, waterposition: 'top,left' }, { watermark: url, watermark_size: 30, watermarkPosition: 'left,top' }],
    [{ monochrome: true }, { grayscale: '1' }],
    [{ format: 'jpeg' }, { format: 'JPG' }],
    [{ format: 'pjpg' }, { format: 'jpg', progressive: true }],
    [{ rotate: -270 }, { rotate: '90' }],
    [{ rotate: 'exif' }, {}],
    [{ text: 'a', text_color: 'f00' }, { text: 'a', textColor: '#FF0000' }],
    [{ text: 'a', text_color: 'red' }, { text: 'a', text_colour: 'ff0000ff' }]
  ] as const) t.equal(parseConversion(one).key, parseConversion(other).key, JSON.stringify(other))
})

t.test('the order of the query does not matter, and what means something else has another key', async t => {
  t.equal(parseConversion({ w: 1, blur: 3, flip: true }).key, parseConversion({ flip: true, w: 1, blur: 3 }).key)
  const keys = [{}, { w: 1 }, { h: 1 }, { w: 1, h: 1 }, { w: 1, h: 1, fit: 'crop' }, { format: 'png' }, { quality: 80 }, { compress: true }].map(parameters => parseConversion(parameters).key)
  t.equal(new Set(keys).size, keys.length)
})

t.test('operations run in the fixed order: resize, crop, overlays, filters, turns, frames', async t => {
  const everything = {
    polaroid: true,
    border: 2,
    circle: true,
    rounded_corners: 5,
    vignette: true,
    rotate: 90,
    flop: true,
    flip: true,
    pixelate: 4,
    sharpen: 1,
    blur: 1,
    brightness: 90,
    negative: true,
    sepia: 50,
    blackwhite: 50,
    monochrome: true,
    text: 'x',
    watermark: 'https://example.com/w.png',
    crop: '0,0,9,9',
    w: 10
  }
  t.strictSame(parseConversion(everything).steps.map(({ name }) => name), Object.keys(OPERATIONS))
})

t.test('crop_first puts the crop before everything else', async t => {
  t.strictSame(parseConversion({ crop_first: true, w: 10, crop: '0,0,5,5', flip: true }).steps.map(({ name }) => name), ['crop', 'resize', 'flip'])
})

t.test('request noise changes nothing', async t => {
  const noise = { _cacheBust: 1, plugin: 'js_lib', nonce: 'fp', _xdr: 'true', key: 'k', policy: 'p', signature: 's', cache: 'true', dl: 'true' }
  t.equal(parseConversion({ ...noise, w: 10 }).key, parseConversion({ w: 10 }).key)
  t.equal(parseConversion({ secure: 'true', exif: 'true', no_metadata: true }).key, parseConversion({}).key)
})

t.test('a refusal names the parameter, what is allowed, and what came', async t => {
  for (const [parameters, message] of [
    [{ w: '0' }, 'w must be a whole number from 1 to 4096 pixels, got "0"'],
    [{ w: '-5' }, /^w must/], [{ w: 'abc' }, /^w must/], [{ w: '1e9' }, /^w must/], [{ w: '4097' }, /^w must/], [{ w: '1.5' }, /^w must/], [{ w: '' }, 'w must be not empty, got ""'],
    [{ w: 12_000, h: 12_000 }, /^w must/],
    [{ w: 4_096, h: 4_096 }, 'w × h must be at most 16000000 pixels, got 16777216'],
    [{ width: 'x' }, /^width must/],
    [{ w: 1, width: 1 }, /^width must be given once/],
    [{ w: ['1', '2'] }, /^w must be given once/],
    [{ w: { a: 1 } }, /^w must be text/],
    [{ wdith: 1 }, 'wdith must be a parameter of a conversion, got 1'],
    [{ storeLocation: 'S3' }, /^storeLocation must be a parameter/],
    [{ fit: 'crop' }, /^fit must be given together with w or h/],
    [{ align: 'top' }, /^align must be given together/],
    [{ w: 1, align: 'top' }, /^align must be given together with fit=crop/],
    [{ w: 1, h: 1, fit: 'fill' }, 'fit must be one of clip, crop, scale, max, got "fill"'],
    [{ crop: '1,2,3' }, /^crop must be x,y,width,height/], [{ crop: '1,2,0,4' }, /^crop/], [{ crop: '1,2,3,4,5' }, /^crop/], [{ crop: '1e9,0,1,1' }, /^crop/],
    [{ crop_first: true }, /^crop_first must be given together with crop/],
    [{ format: 'exe' }, /^format must be one of jpg, png, webp, avif, gif, auto/],
    [{ quality: 0 }, /^quality must/], [{ quality: 101 }, /^quality must/], [{ quality: 50, format: 'png' }, /^quality must be left out/],
    [{ rotate: 'left' }, /^rotate must be degrees clockwise/],
    [{ rotate_background: 'red' }, /^rotate_background must be given together with rotate/],
    [{ filter: 'glow' }, /^filter must be one of/],
    [{ blur: 21 }, /^blur must/], [{ blur: 'much' }, /^blur must/],
    [{ watermark: 'http://example.com/x.png' }, /^watermark must be an https address or a handle/], [{ watermark: 'file:///etc/passwd' }, /^watermark/],
    [{ watermark_size: 10 }, /^watermark_size must be given together with watermark/], [{ waterposition: 'top' }, /^watermark_position must be given together/],
    [{ watermark: 'https://a.example/x', waterposition: 'top,bottom' }, /^waterposition must be one of/],
    [{ text: ' ' }, /^text must be at least one visible character/], [{ text: '\u202e\u0007' }, /^text/], [{ text: 'x'.repeat(301) }, /^text must be at most 300/], [{ text_size: 20 }, /^text_size must be given together with text/],
    [{ text: 'x', text_color: 'reddish' }, /^text_color must be a colour/], [{ text: 'x', text_color: '12345' }, /^text_color must be a colour/],
    [{ flip: 'maybe' }, /^flip must be true or false/],
    [{ rounded_corners: 0 }, /^rounded_corners must be a radius/],
    [{ border_color: 'red' }, /^border_color must be given together with border/], [{ polaroid_color: 'red' }, /^polaroid_color must be given together/],
    [{ page: 0 }, /^page must/], [{ page: 2, animated: true }, /^page must be left out/],
    [{ no_metadata: false }, /^no_metadata must be true/]
  ] as const) t.match(refusalOf(parameters), message, JSON.stringify(parameters))
})

t.test('a long value is not repeated whole', async t => {
  t.ok(refusalOf({ w: 'x'.repeat(5_000) }).length < 200)
})

t.test('amounts, flags and their absence', async t => {
  t.strictSame(stepsOf({ blur: 'false', flip: 'false', border: 0, rotate: 0, negative: 'no', circle: 'false', rounded_corners: 'false' }), [])
  t.strictSame(stepsOf({ blackwhite: 'true', pixelate: 'true' }), [['blackwhite', { amount: 50 }], ['pixelate', { amount: 8 }]])
  t.strictSame(stepsOf({ filter: 'monochrome' }), [['monochrome', {}]])
  t.strictSame(stepsOf({ monochrome: false, filter: 'monochrome' }), [])
  t.strictSame(stepsOf({ rounded_corners: 'max' }), [['rounded_corners', { radiusPx: 'max', background: { r: 255, g: 255, b: 255, alpha: 0 } }]])
  t.strictSame(stepsOf({ rotate: 90, rotate_background: 'transparent' }), [['rotate', { degrees: 90, background: { r: 0, g: 0, b: 0, alpha: 0 } }]])
  t.strictSame(stepsOf({ rotate: -90 }), [['rotate', { degrees: 270, background: { r: 255, g: 255, b: 255, alpha: 1 } }]])
})

t.test('names of JavaScript\'s own are no parameters', async t => {
  for (const name of ['__proto__', 'constructor', 'toString']) t.match(refusalOf(JSON.parse(`{"${name}":"1"}`)), /a parameter of a conversion/)
})

t.test('the output says what was asked and nothing else', async t => {
  t.strictSame(parseConversion({}).output, { format: 'source' })
  t.strictSame(parseConversion({ format: 'webp', quality: 40, compress: true, progressive: 'true', animated: 'false', imagesize: true }).output,
    { format: 'webp', quality: 40, compress: true, progressive: true, still: true, imagesize: true })
  t.strictSame(parseConversion({ page: 3 }).output, { format: 'source', page: 3 })
  t.strictSame(withFormat(parseConversion({ format: 'auto', w: 9 }), 'avif'), parseConversion({ format: 'avif', w: 9 }))
})

t.test('the query of an event holds the conversion as it was written, and no key, policy or signature', async t => {
  t.equal(conversionQuery({ width: '102', policy: 'p', signature: 's', key: 'k', _cacheBust: 1, text: 'a b&c', h: undefined }), 'width=102&text=a+b%26c')
})

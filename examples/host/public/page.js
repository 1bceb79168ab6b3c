/* global filepicker, EventSource, Image */
filepicker.setKey('default')

const element = id => document.getElementById(id)
const say = text => { element('message').textContent = text }

element('pick').addEventListener('click', () => {
  say('')
  filepicker.pick({ mimetypes: ['image/*'], services: ['INSTAGRAM'] }, picked => {
    show('picked', picked, `${picked.filename} · ${kilobytes(picked.size)}`)
    say('Converting to 400 × 400 …')
    filepicker.convert(picked, { width: 400, height: 400, fit: 'crop' }, { location: 'S3' }, converted => {
      show('converted', converted, `${converted.key} · ${kilobytes(converted.size)}`)
      say('Done. The list below is what the receiver heard.')
    }, error => say(`The conversion failed with code ${error.code}.`))
  }, error => {
    if (error.code !== 101) say(`Picking failed with code ${error.code}.`)
  })
})

function kilobytes (bytes) {
  return bytes === undefined ? 'size unknown' : `${(bytes / 1000).toFixed(0)} kB`
}

function show (id, blob, facts) {
  const figure = element(id)
  const image = new Image()
  image.src = blob.url
  image.alt = blob.filename
  figure.querySelector('.frame').replaceChildren(image)
  figure.querySelector('.facts').textContent = facts
  delete figure.dataset.empty
}

new EventSource('/webhooks').addEventListener('message', message => {
  const { receivedAt, event, scheme } = JSON.parse(message.data)
  const row = element('webhook').content.cloneNode(true)
  row.querySelector('time').textContent = new Date(receivedAt).toLocaleTimeString()
  row.querySelector('.action').textContent = event.action
  row.querySelector('.about').textContent = event.text?.filename ?? event.text?.url ?? ''
  row.querySelector('.proof').textContent = `verified by ${scheme}`
  row.querySelector('pre').textContent = JSON.stringify(event, null, 2)
  element('webhooks').prepend(row)
  element('count').textContent = `(${element('webhooks').children.length})`
})

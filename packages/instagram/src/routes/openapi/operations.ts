import type { ContactsheetErrorCode } from '../../errors.ts'
import { bytes, empty, json, NOT_MODIFIED, ofRoute, PAGE, text, type Answer } from './answers.ts'
import { ACCOUNT, BYTES, CONVERSION, INTAKE, KEY, OWNER, PLACE, POLICY } from './codes.ts'
import { CONVERSION_PARAMETERS } from './conversion-parameters.ts'
import { DELIVERY, FACTS, KEY_AND_POLICY, STORE, UPLOAD } from './shapes.ts'

/** What the document says of one route; parameters and bodies come from the route's own schema where nothing else is said here. */
export interface Operation {
  tag: 'sign-in' | 'photos' | 'files' | 'conversions' | 'dialog' | 'Meta'
  summary: string
  answers: Readonly<Record<number, Answer>>
  codes?: readonly ContactsheetErrorCode[]
  /** Refusals are pages for people. */
  isPage?: boolean
  /** The path as the document writes it. */
  path?: string
  params?: object
  querystring?: object
  body?: object
  consumes?: readonly string[]
}

const REDIRECT = (to: string): Answer => empty(`Redirect to ${to}`)
const FORM = ['application/x-www-form-urlencoded']
const SUCCESS = text('Done', 'text/plain', { const: 'success' })
const FILE = bytes('The bytes')
const CALLBACK: Operation['answers'] = { 200: ofRoute('Erasure is noted') }

const disconnect: Operation = {
  tag: 'sign-in',
  summary: 'Disconnect the account of this browser session; its token is deleted',
  answers: { 200: ofRoute('Disconnected') },
  codes: [...KEY, 'ORIGIN_NOT_ALLOWED']
}

const remove: Operation = {
  tag: 'files',
  summary: 'Remove a file, or a link; the photo at Instagram stays',
  answers: { 200: SUCCESS },
  codes: [...KEY, ...OWNER, 'FILE_NOT_FOUND', 'STORAGE_UNAVAILABLE']
}

/** Every route of the plugin, by method and path. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /api/client/instagram/auth/open': {
    tag: 'sign-in',
    summary: 'Start a sign-in: opened in a window, goes on to Instagram',
    answers: { 302: REDIRECT('Instagram') },
    codes: [...KEY, 'SIGN_IN_EXPIRED', 'SIGN_IN_FOREIGN', 'SESSION_MISSING'],
    isPage: true
  },
  'GET /api/client/instagram/authCallback/open': {
    tag: 'sign-in',
    summary: 'End of a sign-in: Instagram sends the window here',
    answers: { 200: PAGE, 302: REDIRECT('the page that asked for mode=redirect, with signIn=connected or signIn=failed&code=…') },
    codes: [
      'REQUEST_INVALID', 'APP_UNKNOWN', 'SIGN_IN_EXPIRED', 'SIGN_IN_USED', 'SIGN_IN_FOREIGN', 'SIGN_IN_FAILED', 'INSTAGRAM_DECLINED', 'INSTAGRAM_SIGN_IN_REFUSED',
      'INSTAGRAM_ACCOUNT_PERSONAL', 'INSTAGRAM_ACCOUNT_RESTRICTED', 'INSTAGRAM_ROLE_MISSING', 'INSTAGRAM_PERMISSION_MISSING', 'INSTAGRAM_LIMIT_REACHED', 'INSTAGRAM_UNAVAILABLE'
    ],
    isPage: true
  },
  'GET /api/client/instagram/status': {
    tag: 'sign-in',
    summary: 'Is this browser session connected? If not, the ticket with which a sign-in starts',
    answers: { 200: ofRoute('Where it stands') },
    codes: [...KEY, 'SESSION_MISSING']
  },
  'GET /api/client/instagram/events': {
    tag: 'sign-in',
    summary: 'Hear how a sign-in ended, as server-sent events: connected or failed',
    answers: { 200: text('Events', 'text/event-stream') },
    codes: [...KEY, 'SIGN_IN_EXPIRED', 'SIGN_IN_FOREIGN']
  },
  'GET /api/client/instagram/unauth': disconnect,
  'GET /api/clients/unauth': disconnect,

  'GET /api/client/instagram/media': {
    tag: 'photos',
    summary: 'List the photos of the connected account, newest first, page by page',
    answers: { 200: ofRoute('A page; go on with after') },
    codes: [...KEY, ...ACCOUNT]
  },
  'GET /api/thumbnail/*': {
    tag: 'photos',
    summary: 'A preview of a listed photo, resized here',
    path: '/api/thumbnail/:token',
    params: { type: 'object', properties: { token: { type: 'string' } } },
    answers: { 200: bytes('A JPEG', 'image/jpeg'), 304: NOT_MODIFIED },
    codes: ['REQUEST_INVALID', 'APP_UNKNOWN', 'THUMBNAIL_EXPIRED', ...ACCOUNT, ...BYTES, ...CONVERSION]
  },
  'POST /api/client/instagram/pick': {
    tag: 'photos',
    summary: 'Choose one photo: as a link, or with store as a copy',
    answers: { 200: ofRoute('What the dialog hands to the page') },
    codes: [...KEY, ...POLICY, ...ACCOUNT, ...INTAKE, ...PLACE, 'SOURCE_GONE']
  },

  'GET /api/file/:handle': {
    tag: 'files',
    summary: 'The bytes of a file. Anything after a + in the path is ignored',
    querystring: { type: 'object', properties: { ...KEY_AND_POLICY, ...DELIVERY, base64encode: { type: 'boolean' } } },
    answers: { 200: FILE, 206: bytes('The range that was asked for'), 302: REDIRECT('the location itself, for public files in S3'), 304: NOT_MODIFIED },
    codes: [...KEY, ...POLICY, 'FILE_NOT_FOUND', 'RANGE_NOT_SATISFIABLE', ...BYTES]
  },
  'GET /api/file/:handle/metadata': {
    tag: 'files',
    summary: 'What is known of a file: without flags all that costs nothing, else what was asked for',
    answers: { 200: json('Facts', FACTS) },
    codes: [...KEY, ...POLICY, 'FILE_NOT_FOUND', ...BYTES]
  },
  'POST /api/file/:handle': {
    tag: 'files',
    summary: 'Overwrite a stored file, with the body or with what is at url',
    ...UPLOAD,
    answers: { 200: ofRoute('The file as it is now') },
    codes: [...KEY, ...OWNER, 'FILE_NOT_FOUND', 'FILE_NOT_WRITEABLE', 'FILE_CHANGED', ...INTAKE]
  },
  'DELETE /api/file/:handle': remove,
  'POST /api/file/:handle/remove': { ...remove, consumes: FORM, body: { type: 'object', properties: KEY_AND_POLICY } },
  'POST /api/store/:location': {
    tag: 'files',
    summary: 'Store a copy of the body, or of what is at url',
    ...UPLOAD,
    answers: { 200: ofRoute('The new file') },
    codes: [...KEY, ...POLICY, ...INTAKE, ...PLACE]
  },
  'POST /api/pick': {
    tag: 'files',
    summary: 'Make a link to what is at url',
    consumes: FORM,
    body: { type: 'object', properties: { url: { type: 'string' } } },
    answers: { 200: ofRoute('The new link') },
    codes: [...KEY, ...POLICY, ...INTAKE]
  },

  'GET /api/file/:handle/convert': {
    tag: 'conversions',
    summary: 'Convert a picture. Names may be camelCase or snake_case; the order of operations is fixed',
    querystring: { type: 'object', properties: { ...CONVERSION_PARAMETERS, ...KEY_AND_POLICY, ...DELIVERY, cache: { type: 'string', description: 'true, false, or seconds' } } },
    answers: { 200: FILE, 304: NOT_MODIFIED },
    codes: [...KEY, ...POLICY, 'FILE_NOT_FOUND', ...BYTES, ...CONVERSION]
  },
  'POST /api/file/:handle/convert': {
    tag: 'conversions',
    summary: 'Convert a picture into a new stored file. Parameters may stand in the query instead',
    querystring: { type: 'object', properties: KEY_AND_POLICY },
    consumes: FORM,
    body: { type: 'object', properties: { ...CONVERSION_PARAMETERS, ...STORE } },
    answers: { 200: ofRoute('The new file') },
    codes: [...KEY, ...POLICY, 'FILE_NOT_FOUND', ...BYTES, ...CONVERSION, ...INTAKE, ...PLACE]
  },

  'GET /filepicker.js': {
    tag: 'dialog',
    summary: 'The browser client: defines window.filepicker',
    answers: { 200: text('A script', 'text/javascript'), 304: NOT_MODIFIED },
    codes: ['APP_UNKNOWN']
  },
  'GET /dialog/open/': { tag: 'dialog', summary: 'The picker', answers: { 200: PAGE }, codes: KEY, isPage: true },
  'GET /dialog/comm_iframe/': { tag: 'dialog', summary: 'The hidden page with which older clients ask whether cookies work', answers: { 200: PAGE }, codes: ['APP_UNKNOWN'] },
  'GET /dialog/assets/:file': { tag: 'dialog', summary: 'What the dialog is built of', answers: { 200: FILE, 404: empty('No such file') }, codes: KEY },

  'POST /api/client/instagram/deauthorize': {
    tag: 'Meta',
    summary: 'Meta tells that a person removed the app: everything of the account is erased',
    consumes: FORM,
    answers: CALLBACK,
    codes: [...KEY, 'SIGNED_REQUEST_INVALID']
  },
  'POST /api/client/instagram/dataDeletion': {
    tag: 'Meta',
    summary: 'Meta tells that a person asks for the deletion of their data',
    consumes: FORM,
    answers: CALLBACK,
    codes: [...KEY, 'SIGNED_REQUEST_INVALID']
  },
  'GET /api/client/instagram/dataDeletion/:code': {
    tag: 'Meta',
    summary: 'How far an erasure is',
    answers: { 200: PAGE, 404: PAGE },
    codes: KEY
  }
}

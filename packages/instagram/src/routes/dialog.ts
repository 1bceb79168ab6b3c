import { Type } from 'typebox'
import type { FastifyReply } from 'fastify'
import { readAssets, type Assets } from '../dialog/assets.ts'
import type { DialogConfig } from '../dialog/config.ts'
import { pageHeaders } from '../dialog/headers.ts'
import { renderPage } from '../dialog/page.ts'
import { DialogQuery, readDialogQuery, refusedDialog } from '../dialog/query.ts'
import { ContactsheetError } from '../errors.ts'
import { originsOf } from './cors.ts'
import type { Routes } from './index.ts'
import { languageOf, tellLanguage } from './language.ts'
import { sendAsset } from './send-asset.ts'

const TITLE = 'Contactsheet'
const ONE_YEAR = 'public, max-age=31536000, immutable'

/** The picker, the files it is built of, and the hidden page that older clients open to ask whether cookies work. */
export const dialogRoutes: Routes = async (scope, { services }) => {
  const base = services.options.prefix.replace(/\/$/, '')
  let read: Assets | undefined
  const assets = (): Assets => (read ??= readAssets())

  function dialogPage (reply: FastifyReply, config: DialogConfig, css?: string): string {
    const customCss = allowedStylesheet(css, config.origins)
    reply.removeHeader('x-frame-options').headers(pageHeaders({ origins: config.origins, customCss }))
    tellLanguage(reply, config.language)
    return renderPage(assets(), { title: TITLE, language: config.language, base, customCss, config, script: 'main.tsx', preload: [`text/${config.language}.ts`] })
  }

  scope.get('/dialog/open/', { schema: { querystring: DialogQuery } }, async (request, reply) => {
    const { app } = request.caller
    const config = readDialogQuery(request.query, app, { base, origins: originsOf(services, [app]), language: languageOf(request) })
    return dialogPage(reply, config, request.query.css)
  })

  // People see this page: a key that nobody knows is told to them in it, not as JSON.
  scope.setErrorHandler(async (error, request, reply) => {
    if (!(error instanceof ContactsheetError) || error.code !== 'APP_UNKNOWN' || request.routeOptions.url?.endsWith('/dialog/open/') !== true) throw error
    return reply.code(error.statusCode).send(dialogPage(reply, refusedDialog(error.code, { base, origins: originsOf(services, [...services.options.apps.values()]), language: languageOf(request) })))
  })

  scope.get('/dialog/comm_iframe/', async (_request, reply) => {
    const origins = originsOf(services, [...services.options.apps.values()])
    reply.removeHeader('x-frame-options').headers(pageHeaders({ origins }))
    return renderPage(assets(), { title: TITLE, language: 'en', base, config: { origins }, script: 'cookies.ts' })
  })

  scope.get('/dialog/assets/:file', { schema: { params: Type.Object({ file: Type.String({ maxLength: 100 }) }) } }, async (request, reply) => {
    const asset = assets().files.get(request.params.file)
    return asset === undefined ? reply.callNotFound() : sendAsset(request, reply, asset, ONE_YEAR)
  })
}

/** A stylesheet of the page's own, when it comes from one of the app's origins. */
function allowedStylesheet (address: string | undefined, origins: readonly string[]): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  return origins.includes(url.origin) ? url.href : undefined
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOfState } from '../auth/sign-in-state.ts'
import { acceptedLanguages, chooseLanguage, type Language } from '../dialog/languages.ts'

/** The language of a page for a person: what its address asks for, else what its sign-in was begun in, else what the browser wishes. */
export function languageOf (request: FastifyRequest): Language {
  const { language, state } = request.query as { language?: unknown, state?: unknown }
  return chooseLanguage([
    typeof language === 'string' ? language : undefined,
    typeof state === 'string' ? languageOfState(state) : undefined,
    ...acceptedLanguages(request.headers['accept-language'])
  ])
}

/** Tells browsers and caches which language the page is in, and that another browser may get another one. */
export function tellLanguage (reply: FastifyReply, language: Language): void {
  const vary = reply.getHeader('vary')
  reply.headers({ 'content-language': language, vary: vary === undefined ? 'Accept-Language' : `${String(vary)}, Accept-Language` })
}

import type { FastifyRequest } from 'fastify'

/** Query values that let somebody do something: sign-in codes and states, policies. */
const SECRET_NAMES = /([?&](?:code|state|signIn|policy|signature)=)[^&#]*/gi

/** The address as it may stand in a log. */
export function maskedUrl (url: string): string {
  return url.replace(SECRET_NAMES, '$1***')
}

/** For the requests of our routes: what Fastify logs of each, without secrets in the address. */
export const logSerializers = {
  req: (request: FastifyRequest) => asLogged({
    method: request.method,
    url: maskedUrl(request.url),
    host: request.host,
    remoteAddress: request.ip,
    remotePort: request.socket.remotePort
  })
}

/** Fastify's types know serializers that give texts only; the logger takes objects, as Fastify's own serializer gives them. */
const asLogged = (fields: object) => fields as unknown as string

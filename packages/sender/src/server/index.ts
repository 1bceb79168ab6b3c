export { senderApi, type SenderApiOptions } from './api.ts'
export { createSenderServer, type SenderServerOptions } from './server.ts'

import type { Connection } from '../domain/media.ts'
import { ContactsheetError } from '../errors.ts'
import type { App } from '../options.ts'
import type { Connections } from '../stores/connections.ts'

/**
 * The account that this session is connected to.
 *
 * @throws {ContactsheetError} INSTAGRAM_NOT_CONNECTED, INSTAGRAM_RECONNECT_REQUIRED
 */
export async function connectedAccount (connections: Connections, { app, sessionIds }: { app: App, sessionIds: readonly string[] }): Promise<Connection> {
  const connection = await connections.find(app.key, sessionIds)
  if (connection === undefined) throw new ContactsheetError('INSTAGRAM_NOT_CONNECTED', 'Connect Instagram first.')
  if (connection.status === 'reconnect') {
    throw new ContactsheetError('INSTAGRAM_RECONNECT_REQUIRED', 'Instagram no longer accepts this connection. Connect Instagram again.')
  }
  return connection
}

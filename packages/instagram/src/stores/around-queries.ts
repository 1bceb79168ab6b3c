import type { DatabaseConnection, Dialect, Driver } from 'kysely'

type Ask = (...given: never[]) => Promise<unknown>

/** A dialect that asks its database as `around` has it: for a connection, and everything that is asked over one. */
export function aroundQueries (dialect: Dialect, around: <Question extends Ask>(ask: Question) => Question): Dialect {
  return {
    createDriver: () => wrapped(dialect.createDriver(), around),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: database => dialect.createIntrospector(database)
  }
}

function wrapped (driver: Driver, around: <Question extends Ask>(ask: Question) => Question): Driver {
  const known = new WeakSet<DatabaseConnection>()
  const acquireConnection: Driver['acquireConnection'] = async options => {
    const connection = await driver.acquireConnection(options)
    if (!known.has(connection)) {
      known.add(connection)
      connection.executeQuery = around(connection.executeQuery.bind(connection))
    }
    return connection
  }
  // Everything else a driver does, it does by a connection.
  return new Proxy(driver, {
    get (target, name) {
      if (name === 'acquireConnection') return around(acquireConnection)
      const member: unknown = Reflect.get(target, name)
      return typeof member === 'function' ? member.bind(target) : member
    }
  })
}

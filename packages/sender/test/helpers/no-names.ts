// Loaded before an example of the README: no name is found, so that nothing leaves the machine.
import { promises } from 'node:dns'

const notFound = async (): Promise<never> => { throw Object.assign(new Error('no names in tests'), { code: 'ENOTFOUND' }) }
promises.Resolver.prototype.resolve4 = notFound
promises.Resolver.prototype.resolve6 = notFound

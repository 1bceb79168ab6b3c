/** A private key and a certificate in PEM. */
export interface Certificate { key: string, cert: string }

/**
 * A certificate for this machine's names, made at every start and trusted by nobody: clients need `cert` as their CA.
 *
 * @throws {Error} when the optional package `selfsigned` is not installed
 */
export async function makeCertificate (): Promise<Certificate> {
  const { generate } = await import('selfsigned').catch((cause: unknown) => {
    throw new Error('https: true needs the package "selfsigned" (npm install --save-dev selfsigned); or give https: { key, cert }', { cause })
  })
  const names = ['localhost', '*.localhost', 'www.instagram.com', 'api.instagram.com', 'graph.instagram.com', '*.cdninstagram.com', '*.fbcdn.net']
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'Instagram emulator' }], {
    keyType: 'ec',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: [...names.map(value => ({ type: 2 as const, value })), { type: 7 as const, ip: '127.0.0.1' }, { type: 7 as const, ip: '::1' }] }
    ]
  })
  return { key, cert }
}

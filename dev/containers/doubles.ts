/**
 * Test doubles for the container files: the identity provider and the inbox of `npm start`, and its demo organisations, which
 * `npm run smoke` plays in. The provider is served by TLS, since production takes no other.
 */
import { readFileSync } from 'node:fs'
import { createServer, connect } from 'node:net'
import { openDemoAccounts } from '../stack/demo/demo-accounts.ts'
import { startIdentityProvider } from '../stack/identity/identity-provider.ts'
import { createIdentityKeys } from '../stack/keys.ts'
import { startMailbox } from '../stack/mailbox/mailbox.ts'
import { oidcClientOf } from '../stack/stack-environment.ts'
import { seedDemo } from '../seeds/demo.ts'
import { loadKeys } from '#platform/crypto/keys.ts'

const secret = (name: string): string => readFileSync(`/run/secrets/${name}`, 'utf8').trim()
const { CONSOLE_HOST = '', PORTAL_HOST = '', OIDC_ISSUER = '' } = process.env
const url = secret('owner-database-url')

/** A server that listens on this machine alone is reached from the other containers at another port. */
const open = (port: number, inside: number): void => {
  createServer((socket) => {
    const further = connect(inside, '127.0.0.1')
    for (const end of [socket, further]) {
      end.on('error', () => {
        socket.destroy()
        further.destroy()
      })
    }
    socket.pipe(further).pipe(socket)
  }).listen(port, '0.0.0.0')
}

await seedDemo({ url, keys: loadKeys('/run/secrets/keys.json', 'worker'), staffIssuer: OIDC_ISSUER })
await startMailbox({
  webPort: 3730,
  smtpPort: 3731,
  twilioPort: 3732,
  account: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'nobody sends SMS in this test' },
})
open(31_730, 3730)
open(2525, 3731)
const client = oidcClientOf(`https://${CONSOLE_HOST}`, `https://${PORTAL_HOST}`, {
  oidcClient: secret('oidc-client-secret'),
})
await startIdentityProvider({
  port: Number(new URL(OIDC_ISSUER).port),
  keys: createIdentityKeys(),
  accounts: openDemoAccounts(url),
  client,
  tls: {
    issuer: OIDC_ISSUER,
    key: readFileSync('/run/doubles/key.pem'),
    cert: readFileSync('/run/doubles/certificate.pem'),
  },
})
process.on('SIGTERM', () => process.exit(0))

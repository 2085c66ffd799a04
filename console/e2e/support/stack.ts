/** Where the stack of these journeys is: the ports that `npm start` gives its parts, from one base. */

/** The base that playwright.config.ts starts the stack with. */
// eslint-disable-next-line no-restricted-properties -- workers get nothing else, and the configuration reads the same
const base = Number(process.env['E2E_PORT_BASE'] ?? 24_700)

/** Where the stack keeps what it has, as playwright.config.ts says. */
// eslint-disable-next-line no-restricted-properties -- the configuration of the journeys reads the same
export const dataFolder = process.env['E2E_DATA'] ?? '.data/e2e'

/** Addresses of the parts (dev/stack/ports.ts). */
export const stack = {
  console: `http://localhost:${String(base)}`,
  portal: `http://portal.localhost:${String(base + 10)}`,
  signIn: `http://127.0.0.1:${String(base + 20)}`,
  employee: new URL(`http://127.0.0.1:${String(base + 20)}/employee`),
  inbox: new URL(`http://localhost:${String(base + 30)}`),
  phones: `http://localhost:${String(base + 35)}`,
  database: { host: '127.0.0.1', port: base + 40, user: 'app', database: 'countersign' },
} as const

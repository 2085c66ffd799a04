/**
 * Names under `localhost` lead to this machine (RFC 6761 6.3). Browsers know that, Node asks the system, which often does
 * not. The development stack serves the portal under such a name: passkeys need a domain, and console and portal must be
 * two hosts (F10).
 */
import dns from 'node:dns'

let isTaught = false

/** Teaches this process. For the development stack and the tools that visit it, never for a process of an install. */
export const knowLocalhostNames = (): void => {
  if (isTaught) return
  isTaught = true
  const known = dns.lookup
  const lookup = (hostname: string, ...rest: unknown[]): void => {
    const name = hostname.toLowerCase().endsWith('.localhost') ? 'localhost' : hostname
    Reflect.apply(known, dns, [name, ...rest])
  }
  // `util.promisify` looks at a property of the function itself.
  dns.lookup = Object.assign(lookup, known)
}

import { isDisposableEmailDomain } from 'disposable-email-domains-js'
import type { ContactFacts } from '#domain/risk/facts.ts'
import { privateMailProviders } from './private-mail-providers.ts'

/**
 * The kind of mailbox that an address names. Subdomains of a throw-away service are throw-away too. `ownDomains` are
 * the organisation's, lower case; its word wins. Text without one `@` and a domain with a dot gives null.
 */
export function mailDomainKind(address: string, ownDomains: readonly string[]): ContactFacts['domain'] {
  const domain = domainOf(address)
  if (domain === null) return null
  if (ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`))) return 'organisation'
  const parents = parentsOf(domain)
  if (parents.some((parent) => isDisposableEmailDomain(parent))) return 'disposable'
  return parents.some((parent) => privateMailProviders.has(parent)) ? 'private' : 'other'
}

/** The domain in lower case, without a root dot. */
export function domainOf(address: string): string | null {
  const parts = address.trim().toLowerCase().split('@')
  const domain = parts[1]?.replace(/\.$/, '') ?? ''
  const isAddress = parts.length === 2 && parts[0] !== '' && /^[^\s.]+(\.[^\s.]+)+$/.test(domain)
  return isAddress ? domain : null
}

/** `a.b.com` → `a.b.com`, `b.com` */
function parentsOf(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

/** The records in the DNS by which mail programs tell a sender's mails from false ones: what is there, and what to publish. */

/** Looks a name up; gives each record as the pieces that the DNS keeps it in. */
export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>

/** `weak`: it is there, and protects less than it could. */
export type RecordState = 'ok' | 'weak' | 'missing'

/** The finding about one record. `publish`: the record that mends it. */
export type Finding = {
  readonly record: 'SPF' | 'DKIM' | 'DMARC'
  readonly name: string
  readonly state: RecordState
  readonly said: string
  readonly publish: string | null
}

/** The sender, as the configuration names it. */
export type MailSender = {
  readonly domain: string
  /** Where mails that cannot be delivered come back to: servers look for SPF there. */
  readonly bounceDomain: string | null
  readonly selectors: readonly string[]
  /** Host of the relay; null: not known. */
  readonly relay: string | null
}

const nothingThere: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA'])

/** Records of a name in one piece each; none where the name does not exist. @throws when the DNS does not answer */
const textsAt = async (resolve: ResolveTxt, name: string): Promise<readonly string[]> => {
  try {
    return (await resolve(name)).map((pieces) => pieces.join(''))
  } catch (error) {
    if (nothingThere.has(String((error as { code?: unknown }).code))) return []
    throw error
  }
}

/** Strangers may write such a record: nothing in it may reach a terminal as a command, or fill it. */
const printable = (text: string): string => text.replace(/\p{C}/gu, ' ').slice(0, 300)

const tagsOf = (record: string): ReadonlyMap<string, string> =>
  new Map(
    record.split(';').map((tag) => {
      const at = tag.indexOf('=')
      return [tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).trim()]
    }),
  )

const spfOf = async (resolve: ResolveTxt, name: string, relay: string | null): Promise<Finding> => {
  const found = (await textsAt(resolve, name)).filter((text) => /^v=spf1(\s|$)/i.test(text))
  const [record = ''] = found
  const publish = `${name} TXT "v=spf1 ${relay === null ? 'include:<domain of your relay>' : `a:${relay}`} -all"`
  const of = { record: 'SPF', name } as const
  if (found.length === 0) return { ...of, state: 'missing', said: 'no record', publish }
  if (found.length > 1)
    return {
      ...of,
      state: 'missing',
      said: `${String(found.length)} records, and servers take none of them`,
      publish,
    }
  if (/(^|\s)(\+?all)(\s|$)/i.test(record))
    return { ...of, state: 'missing', said: `lets everybody send: ${printable(record)}`, publish }
  if (/(^|\s)([-~]all|redirect=\S+)(\s|$)/i.test(record))
    return { ...of, state: 'ok', said: printable(record), publish: null }
  return {
    ...of,
    state: 'weak',
    said: `forbids nobody to send, since it does not end in -all: ${printable(record)}`,
    publish,
  }
}

const dkimOf = async (resolve: ResolveTxt, domain: string, selector: string): Promise<Finding> => {
  const name = `${selector}._domainkey.${domain}`
  const keys = (await textsAt(resolve, name)).map(tagsOf).filter((tags) => tags.has('p'))
  const [key] = keys
  const publish = `${name} TXT "v=DKIM1; k=rsa; p=<public key that your relay shows you>"`
  const of = { record: 'DKIM', name } as const
  if (key === undefined) return { ...of, state: 'missing', said: 'no key', publish }
  if (key.get('p') === '') return { ...of, state: 'missing', said: 'the key was withdrawn', publish }
  if (key.get('t')?.split(':').includes('y') === true)
    return { ...of, state: 'weak', said: 'the key is marked as a test (t=y)', publish: null }
  return { ...of, state: 'ok', said: `a key of ${String(key.get('p')?.length)} letters`, publish: null }
}

/** The name itself and those above it, down to two labels: a policy above holds for what is below. */
const namesAbove = (domain: string): readonly string[] => {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

const dmarcOf = async (resolve: ResolveTxt, domain: string): Promise<Finding> => {
  const publish = `_dmarc.${domain} TXT "v=DMARC1; p=reject; rua=mailto:<address for reports>"`
  for (const above of namesAbove(domain)) {
    const name = `_dmarc.${above}`
    const found = (await textsAt(resolve, name)).filter((text) => /^v=DMARC1\s*(;|$)/i.test(text))
    const [record = ''] = found
    const of = { record: 'DMARC', name } as const
    if (found.length > 1)
      return { ...of, state: 'missing', said: 'several records, and servers take none of them', publish }
    if (found.length === 0) continue
    const tags = tagsOf(record)
    const policy = (above === domain ? undefined : tags.get('sp')) ?? tags.get('p')
    if (policy === 'reject' || policy === 'quarantine')
      return { ...of, state: 'ok', said: printable(record), publish: null }
    return {
      ...of,
      state: 'weak',
      said: `does not ask servers to refuse false mails: ${printable(record)}`,
      publish,
    }
  }
  return { record: 'DMARC', name: `_dmarc.${domain}`, state: 'missing', said: 'no record', publish }
}

/** The finding where nobody named the selector: the DNS cannot list them. */
const unnamedKey = (domain: string): Finding => ({
  record: 'DKIM',
  name: `<selector>._domainkey.${domain}`,
  state: 'missing',
  said: 'not checked: name the selector that your relay signs with (--selector)',
  publish: null,
})

/** Looks at every record of a sender. @throws when the DNS does not answer */
export const findingsOf = async (resolve: ResolveTxt, sender: MailSender): Promise<readonly Finding[]> => {
  const { domain, bounceDomain, selectors, relay } = sender
  const senders = [...new Set([domain, ...(bounceDomain === null ? [] : [bounceDomain])])]
  const [spf, dkim, dmarc] = await Promise.all([
    Promise.all(senders.map((name) => spfOf(resolve, name, relay))),
    Promise.all(selectors.map((selector) => dkimOf(resolve, domain, selector))),
    dmarcOf(resolve, domain),
  ])
  return [...spf, ...(dkim.length === 0 ? [unnamedKey(domain)] : dkim), dmarc]
}

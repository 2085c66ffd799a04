/** Questions to a directory. Values go into filters as values, never as text (K2). */
import {
  AndFilter,
  EqualityFilter,
  ExtensibleFilter,
  FilterParser,
  GreaterThanEqualsFilter,
  OrFilter,
  SubstringFilter,
  type Client,
  type Control,
  type Entry,
  type Filter,
} from 'ldapts'
import { DirectoryError } from '../directory-error.ts'

/** A search: where, for what, and which attributes. */
export type Question = {
  readonly base: string
  readonly filter: Filter
  readonly attributes: readonly string[]
  /** Attributes whose values are bytes. */
  readonly bytes?: readonly string[]
}

/** The operator's filter; parsed anew for each question, since a filter is changed by its use. */
export const parsed = (filter: string): Filter => FilterParser.parseString(filter)

/** All of these. */
export const allOf = (...filters: Filter[]): Filter => new AndFilter({ filters })

/** An attribute that is exactly this. */
export const is = (attribute: string, value: string | Buffer): Filter =>
  new EqualityFilter({ attribute, value })

/** Any of these. */
export const anyOf = (...filters: Filter[]): Filter => new OrFilter({ filters })

/** Members of a group, also by way of other groups: Active Directory's own rule, looked through by the server. */
export const isWithin = (groupDn: string): Filter =>
  new ExtensibleFilter({ rule: '1.2.840.113556.1.4.1941', matchType: 'memberOf', value: groupDn })

/** An attribute that is this or more, in the order of its own syntax. */
export const isFrom = (attribute: string, value: string): Filter =>
  new GreaterThanEqualsFilter({ attribute, value })

/** One of these attributes contains the text. */
export const contains = (attributes: readonly string[], text: string): Filter =>
  new OrFilter({ filters: attributes.map((attribute) => new SubstringFilter({ attribute, any: [text] })) })

const optionsOf = ({ filter, attributes, bytes = [] }: Question) => ({
  scope: 'sub' as const,
  filter,
  attributes: [...attributes],
  explicitBufferAttributes: [...bytes],
})

/** The one entry that a question finds, or null. @throws DirectoryError `ambiguous` when there are more (N6) */
export const askOne = async (client: Client, question: Question): Promise<Entry | null> => {
  const { searchEntries } = await client.search(question.base, { ...optionsOf(question), sizeLimit: 2 })
  if (searchEntries.length > 1) throw new DirectoryError('ambiguous')
  return searchEntries[0] ?? null
}

/** Entries page by page; only one page is held at a time. */
export async function* askAll(
  client: Client,
  question: Question,
  pageSize: number,
  controls: Control[] = [],
): AsyncGenerator<Entry[]> {
  const options = { ...optionsOf(question), paged: { pageSize } }
  for await (const { searchEntries } of client.searchPaginated(question.base, options, controls))
    if (searchEntries.length > 0) yield searchEntries
}

/** The first entries that a question finds. */
export const askSome = async (client: Client, question: Question, limit: number): Promise<Entry[]> => {
  for await (const page of askAll(client, question, limit)) return page.slice(0, limit)
  return []
}

import { describe, expect, it } from 'vitest'
import { deAccess } from '#console/copy/de/access.ts'
import { enAccess } from '#console/copy/en/access.ts'
import { messageRules } from '#domain/messages/kinds.ts'
import { questionSources } from '#domain/questions/definitions.ts'
import { dataMap } from '#platform/database/data-map.ts'

/** Kinds of messages that are no notices, in the report by their own name. */
const asked = ['link', 'second_code', 'approver_request']
/** The notice to the person who is named, about the naming: kept in a table of its own. */
const elsewhere = ['approver_named']

/** Codes that the access report shows by a word; without one the report would show the bare code. */
const shown = {
  tableNames: Object.keys(dataMap),
  sources: questionSources,
  messageKinds: Object.keys(messageRules)
    .filter((kind) => !elsewhere.includes(kind))
    .map((kind) => (asked.includes(kind) ? kind : `notice.${kind}`)),
}

describe.each([
  ['en', enAccess],
  ['de', deAccess],
] as const)('the access report in %s', (_language, words) => {
  it.each(Object.entries(shown))('M8: has a word for each of %s', (name, codes) => {
    const known: Readonly<Record<string, string>> = words[name as keyof typeof shown]
    expect(codes.filter((code) => !known[code])).toEqual([])
  })
})

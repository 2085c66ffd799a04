import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languages as codes } from '#domain/languages.ts'
import { eventVersions } from '#domain/events/catalog.ts'
import { refusalCodes } from '#domain/refusal.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import { checks } from '#domain/risk/checks/index.ts'
import { ago } from '#domain/risk/ago.ts'
import { channel } from '#domain/risk/checks/persona/channel.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { contact, facts } from '#domain/risk/testing/facts.ts'
import { resultOf } from '#domain/risk/testing/findings.ts'
import { seeded } from '#domain/risk/testing/random.ts'
import { synthetic } from '#domain/risk/testing/synthetic.ts'
import { deChecks } from '#domain/words/de/checks/index.ts'
import { checkTexts, say } from '#domain/risk/text.ts'
import { titles } from '#platform/network-data/manifest.ts'
import { de } from './de/index.ts'
import { deSentences } from './de/sentences.ts'
import { en } from './en/index.ts'
import { enSentences } from './en/sentences.ts'
import { load, type Copy } from './index.ts'

const root = join(import.meta.dirname, '../..')
const languages: Readonly<Record<string, Copy>> = Object.fromEntries(
  await Promise.all(codes.map(async (language) => [language, await load(language)] as const)),
)

const everyCheck = {
  checks: Object.fromEntries(checks.map(({ code }) => [code, { mode: 'live' as const }])),
}
/** Labels of evidence whose value is a number, an address, a name or what a browser says of itself. */
const sameEverywhere: ReadonlySet<string> = new Set([
  'address',
  'detections',
  'egress',
  'events',
  'fonts',
  'gateway',
  'hops',
  'journey',
  'links_1h',
  'names',
  'people_24h',
  'people_30d',
  'probe_calls',
  'range',
  'renderer',
  'request',
  'tries',
  'user_agent',
  'verified_180d',
  'with_questions_30d',
  'word',
])

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('testing'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))

/** Every string in quotes behind a marker, as the sources write it. */
const quotedIn = (folder: string, marker: RegExp): string[] => [
  ...new Set(
    filesBelow(folder).flatMap((text) => [...text.matchAll(marker)].map(([, found]) => found ?? '')),
  ),
]

/** Members of a union type in one source file: what a server may put behind a prefix. */
const unionIn = (file: string, name: string): string[] => {
  const text = readFileSync(join(root, file), 'utf8')
  const [, body = ''] = new RegExp(`export type ${name} =([^;]*?)(?:\\n\\n|\\n/\\*\\*)`).exec(text) ?? []
  return [...body.matchAll(/'(\w+)'/g)].map(([, member]) => member ?? '')
}

const sentenceKeys = (): string[] => [
  ...Object.keys(checkTexts),
  ...Object.keys(eventVersions).map((type) => `event.${type}`),
  ...refusalCodes.map((code) => `refusal.${code}`),
  ...['SendRefusal', 'SendWarning'].flatMap((name) =>
    unionIn('domain/policy/may-send.ts', name).map((code) => `send.${code}`),
  ),
  ...unionIn('domain/policy/approver.ts', 'ApproverProblem').map((code) => `ask_approver.${code}`),
  ...unionIn('domain/policy/decide.ts', 'PolicyReason').map((code) => `policy.${code}`),
  ...unionIn('domain/policy/decide.ts', 'NextAction').map((code) => `instruction.${code}`),
  ...unionIn('domain/risk/floors.ts', 'SharedFloorCode').map((code) => `floor.${code}`),
  ...checks.map(({ code }) => `floor.${code}`),
  ...quotedIn('domain/questions/families', /key: '(question\.[\w.]+)'/g),
  ...quotedIn('api/console', /warn\('(\w+)'/g).map((name) => `warning.${name}`),
  ...['locked', 'disabled', 'deleted', 'not_started'].map((state) => `warning.account_${state}`),
  ...quotedIn('api/console', /sentence\('(send\.\w+)'/g),
  ...quotedIn('api/console', /key: '(question\.\w+)'/g),
  ...quotedIn('workflows/password-reset', /end\([^)]*'(?:failed|expired)', '(\w+)'\)/g).map(
    (reason) => `refusal.${reason}`,
  ),
]

/** Every text of a copy by its path; functions are left out. */
const textsOf = (value: unknown, path = ''): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, `${path}.${key}`))
}

describe.each(Object.entries(languages))('the words in %s', (_, copy) => {
  it('hold every sentence that the server can name', () => {
    const keys = sentenceKeys()
    expect(keys.length).toBeGreaterThan(250)
    const unknown = keys.filter((key) => {
      const text = copy.sentence({ key, slots: {} })
      return text === key || text === key.replace('floor.', '')
    })
    expect(unknown).toEqual([])
  })

  it('name every check and every label of evidence', () => {
    const codes = checks.map(({ code }) => code)
    expect(codes.filter((code) => copy.checkName(code) === code)).toEqual([])
    // A finding that asks for proof is named as its check.
    for (const code of codes)
      expect(copy.sentence({ key: 'policy.sign', slots: { check: code } })).toContain(copy.checkName(code))
    const labels = quotedIn('domain/risk/checks', /label: '(\w+)'/g)
    expect(labels.length).toBeGreaterThan(40)
    expect(labels.filter((label) => copy.evidence(label) === label)).toEqual([])
  })

  it('B9: say of a blocked person nothing from which an agent could tell that they reported', () => {
    const keys = ['warning.blocked', 'send.participant_blocked', 'refusal.participant_blocked']
    for (const key of keys)
      expect(copy.sentence({ key, slots: {} }), key).not.toMatch(/report|not me|meld|nicht ich/i)
    expect(copy.problem({ code: 'participant_blocked' })).not.toMatch(/report|not me|meld|nicht ich/i)
  })

  it('have a sentence for every refusal of a call', () => {
    for (const code of [...refusalCodes, 'invalid_input', 'unavailable', 'internal', 'offline'])
      expect(copy.problem({ code }), code).not.toContain(code)
    expect(copy.problem({ code: 'brand_new' })).toContain('brand_new')
    expect(copy.problem({ code: 'state_does_not_allow' })).not.toContain('{')
  })

  it('say of a refusal what its slots say: when it is possible again, and who is meant', () => {
    const again = copy.problem({ code: 'agent_limit_reached', slots: { again: '2026-11-28T09:30:00.000Z' } })
    expect(again).toMatch(/2026/)
    expect(copy.problem({ code: 'agent_limit_reached' })).not.toMatch(/[[\]{}]|2026/)
    expect(copy.problem({ code: 'other_not_linked', slots: { name: 'Una Unlinked' } })).toContain(
      'Una Unlinked',
    )
  })

  it('name every event without slots, and leave no empty slot behind', () => {
    const optional = Object.keys(eventVersions).filter((type) => !/question\.shown|answer\.stored/.test(type))
    for (const type of optional)
      expect(copy.sentence({ key: `event.${type}`, slots: {} }), type).not.toMatch(/[{[]/)
  })
})

describe('German', () => {
  it('has every path that English has', () => {
    expect(textsOf(de).map(([path]) => path)).toEqual(textsOf(en).map(([path]) => path))
  })

  it('is German throughout', () => {
    const english = new Map(textsOf(en))
    const same = textsOf(de).filter(([path, text]) => english.get(path) === text)
    // Words that both languages share, whole.
    const shared =
      /^(CSV|SMS|Name|Team|Ticket|Standard|Agent|Link|Links|Live|Person|Countersign|Median|Passkey|Browser|System|API-Client|Enter|Esc|j k|.)$/
    expect(same.filter(([, text]) => !shared.test(text))).toEqual([])
    const sentences = Object.entries(enSentences).filter(
      ([key, text]) => deSentences[key as keyof typeof deSentences] === text,
    )
    expect(sentences).toEqual([])
  })

  const slots = (text: string) => [...text.matchAll(/\{(\w+)[:}]/g)].map(([, name]) => name).sort()
  it('uses the slots of the English sentence', () => {
    const table: Record<string, string> = { ...deChecks.texts, ...deSentences }
    for (const [key, text] of Object.entries({ ...checkTexts, ...enSentences })) {
      const german = table[key] ?? ''
      expect(slots(german), key).toEqual(slots(text))
    }
  })
})

describe('evidence', () => {
  const random = seeded(20_261_125)
  const found = Array.from({ length: 300 }, () => synthetic(random).facts).flatMap((facts) =>
    evaluateChecks(facts, everyCheck).flatMap(({ code, evidence }) =>
      evidence.map(({ label, value }) => ({ code, label, value })),
    ),
  )

  it('of every check says words by key; only what is the same in every language is plain text', () => {
    // Text outside of ${…} in a template, or in quotes, is in one language only.
    const literals = quotedIn('domain/risk/checks', /\bvalue: (['`].*)/g).filter((text) =>
      /\p{L}/u.test(text.replace(/\$\{[^}]*\}/g, '').replace(/[,}].*$/, '')),
    )
    expect(literals).toEqual([])
    const plain = new Set(found.flatMap(({ label, value }) => (typeof value === 'string' ? [label] : [])))
    expect([...plain].filter((label) => !sameEverywhere.has(label))).toEqual([])
  })

  it.each(Object.entries(languages))('has a word for every code in %s', (_, copy) => {
    const sentences = found.flatMap(({ value }) => (typeof value === 'string' ? [] : [value]))
    expect(sentences.length).toBeGreaterThan(500)
    const codes = sentences.flatMap(({ key, slots }) =>
      Object.entries(slots)
        .filter(
          ([name, value]) => typeof value === 'string' && /^[a-z]+(_[a-z]+)+$/.test(value) && name !== 'sign',
        )
        .map(([, value]) => ({ key, value, text: copy.evidenceValue({ key, slots }) })),
    )
    expect(codes.filter(({ text, value }) => text.includes(String(value)))).toEqual([])
  })

  it.each(Object.entries(languages))(
    'and what checks say name every kind of question in %s',
    (language, copy) => {
      for (const family of questionFamilies) {
        // As `answerFactsOf` writes it, and as it is stored.
        const stored = family.replaceAll('_', ' ')
        const text = copy.sentence(say('answer.correct', { family: stored, seconds: 12 }))
        const named = [
          text,
          copy.evidence(stored),
          copy.evidenceValue(say('evidence.families', { families: stored })),
        ]
        for (const words of named) expect(words).not.toMatch(/_/)
        if (language === 'de') for (const words of named) expect(words).not.toContain(stored)
      }
    },
  )

  it.each(Object.entries(languages))(
    'and what checks say have a word for every kind of number in %s',
    (language, copy) => {
      for (const lineType of ['voip', 'toll_free', 'premium_rate', 'shared_cost', 'pager'] as const) {
        const { text } = resultOf(channel, facts({ persona: { contact: contact({ lineType }) } }))
        const words = copy.sentence(text)
        expect(words).not.toContain('_')
        if (language === 'de') expect(words.toLowerCase()).not.toContain(lineType.replace('_', ' '))
      }
    },
  )

  it('comes in the reader’s language', () => {
    const value = say('evidence.contact', { channel: 'sms', origin: 'on_file', masked: '••• 42' })
    expect(en.evidenceValue(value)).toBe('SMS, on file, ••• 42')
    expect(de.evidenceValue(value)).toBe('SMS, hinterlegt, ••• 42')
    expect(de.evidenceValue(say('evidence.fields', { fields: 'clock, device signature' }))).toBe(
      'Uhr, Signatur des Geräts',
    )
    expect(de.evidenceValue(say('evidence.country_expected', { country: 'BR', expected: 'DE, GB' }))).toBe(
      'jetzt Brasilien, erwartet Deutschland, Vereinigtes Königreich',
    )
    // As stored before values had keys.
    expect(de.evidenceValue('198.51.100.0/24')).toBe('198.51.100.0/24')
  })
})

describe('banned words', () => {
  it('B2: no text of the console promises to show a password', () => {
    const all = [...textsOf(en), ...Object.entries(enSentences)].map(([, text]) => text)
    expect(all.filter((text) => /temporary password|new password is|initial password/i.test(text))).toEqual(
      [],
    )
  })

  it('no blame and no jargon towards agents', () => {
    const all = [...textsOf(en), ...Object.entries(enSentences)].map(([, text]) => text)
    expect(all.filter((text) => /fraudster|attacker|victim|suspect\b|user error/i.test(text))).toEqual([])
  })
})

describe('what the data say', () => {
  it('names each file in words of the language, for each file that checks look things up in', () => {
    for (const [language, { panel }] of Object.entries(languages))
      for (const title of Object.values(titles))
        expect(panel.dataOf(title, '2026'), language).not.toContain(title)
    expect(de.panel.versions(2, [{ name: 'ASN classes', version: '7' }])).toContain('Arten von Netzen 7')
    expect(de.panel.dataOf('tor-list-2026-11-24', '2026')).toContain('tor-list-2026-11-24')
  })

  it('tells every age of a change in the reader’s language', () => {
    const hour = 3_600_000
    const said = [0, hour, 71 * hour, 80 * hour].map((age) =>
      de.sentence({ key: 'mfa_changed.hit', slots: { age: ago(0, age) } }),
    )
    expect(said.map((text) => text.replace(/^.*, /, ''))).toEqual([
      'vor weniger als einer Stunde.',
      'vor 1 Stunde.',
      'vor 71 Stunden.',
      'vor 3 Tagen.',
    ])
  })

  it('says an hour as a clock does', () => {
    const hour = { key: 'hour.hit', slots: { hour: '00' } }
    expect([en.sentence(hour), de.sentence(hour)].every((said) => said.includes('00:00'))).toBe(true)
  })
})

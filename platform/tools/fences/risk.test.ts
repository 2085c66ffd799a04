import { describe, expect, it } from 'vitest'
import { titlesIn } from './bars.ts'
import { textOf } from './sources.ts'

const network = 'platform/network-data'
const properties = 'domain/risk/score.property.test.ts'
const browsers = 'portal/e2e/checks'
const beacons = 'api/portal/beacons.it.test.ts'
const refresh = `${network}/refresh/refresh.test.ts`

/** The requirements on the score, and the test of each: its file, and its title or how that begins. */
const rows: readonly (readonly [asked: string, file: string, title: string])[] = [
  [
    '11.1 known addresses in a small set',
    `${network}/network-data.long.test.ts`,
    'looks up owner, country, class',
  ],
  [
    '11.1 the installed data, loosely',
    `${network}/network-data.long.test.ts`,
    'know the addresses of the small set',
  ],
  ['11.1 a reassigned exit is no Tor', 'domain/risk/checks/catalogue.test.ts', '%s fires, and spares'],
  ['11.2.1 bounds', properties, 'stays within 0.0 and 10.0'],
  ['11.2.2 order', properties, 'does not depend on the order of results'],
  ['11.2.3 monotony', properties, 'never falls by a hit against'],
  ['11.2.4 unknown', properties, 'changes by an unknown result in coverage'],
  ['11.2.5 two of one group', properties, 'counts two like hits of one group'],
  ['11.2.6 floors', properties, 'lets floors dominate every weight'],
  ['11.2.7 answers', properties, 'B4, questions 14: no set of answers lowers'],
  ['11.2.8 shadow', properties, 'ignores checks in shadow'],
  ['11.2.9 recomputing', properties, 'gives the same numbers and order for a case that was stored'],
  ['11.2.10 no evidence', 'domain/policy/decide.property.test.ts', 'with the evidence incomplete'],
  ['11.3 headless, old headless', `${browsers}/scenarios.browser.ts`, 'the old headless browser'],
  ['11.3 automation switched off', `${browsers}/scenarios.browser.ts`, 'driven, told not to say so'],
  ['11.3 user agent by context', `${browsers}/scenarios.browser.ts`, 'driven, as Windows by its context'],
  ['11.3 user agent by flag', `${browsers}/scenarios.browser.ts`, 'driven, as Windows by its command line'],
  ['11.3 zone and locale', `${browsers}/scenarios.browser.ts`, 'driven, with the clock and language'],
  ['11.3 presets', `${browsers}/scenarios.browser.ts`, 'driven, as an iPhone'],
  ['11.3 patches', `${browsers}/scenarios.browser.ts`, 'driven, languages and cores patched'],
  ['11.3 known device', `${browsers}/device.browser.ts`, 'a profile keeps its key over restarts'],
  ['11.3 a window by hand', `${browsers}/scenarios.browser.ts`, 'started by hand: nothing fires'],
  [
    '11.3 the debugger probe alone',
    `${browsers}/scenarios.browser.ts`,
    'driven, told not to say so: the debugger',
  ],
  ['11.3 filled', `${browsers}/input.browser.ts`, 'filled by the driver'],
  ['11.3 typed', `${browsers}/input.browser.ts`, 'typed key by key'],
  ['11.3 pasted', `${browsers}/input.browser.ts`, 'pasted'],
  ['11.3 by script', `${browsers}/input.browser.ts`, 'set by a script of the page'],
  ['11.3 virtual authenticator', 'console/e2e/passkeys.e2e.ts', 'F6: a passkey of staff confirms an appro'],
  ['11.3 Trusted Types (5.1)', `${browsers}/headers.browser.ts`, 'Trusted Types and the content policy'],
  [
    '11.3 client hints (5.1)',
    `${browsers}/headers.browser.ts`,
    'no permissions policy hides the client hints',
  ],
  ['11.4 200 golden cases', 'domain/risk/golden-reference.test.ts', 'has 200 drawn cases'],
  ['11.4 changed weights as a diff', 'domain/risk/golden.test.ts', 'scores 200 synthetic verifications'],
  [
    '11.4 a floor in each category',
    'domain/risk/checks/catalogue.test.ts',
    'reach a floor in every category',
  ],
  ['11.4 forwarded addresses', `${network}/client-address.test.ts`, 'never lets a sender choose'],
  ['11.4 wrong checksum', refresh, 'a checksum that the operator named'],
  ['11.4 truncated', refresh, 'a file that was cut off'],
  ['11.4 rows off', refresh, 'owners that lost a fifth of their rows'],
  ['11.4 stale date', refresh, 'a list that would count for less at once'],
  ['11.4 rollback', refresh, 'brings back the edition before'],
  [
    '11.4 a changed file at the start',
    `${network}/network-data.long.test.ts`,
    'refuses a changed file, a missing one',
  ],
  ['11.4 older files behind a process', `${network}/live.test.ts`, 'refuses older files'],
  ['11.4 hot swap', `${network}/live.test.ts`, 'never mixes two editions'],
  [
    '4 audit event',
    'activities/maintenance/record-network-data.it.test.ts',
    'names a refresh and a rollback once',
  ],
  ['11.4 beacon of another session', beacons, 'captured in another case'],
  ['11.4 beacon forged', beacons, 'with a nonce that nobody was given'],
  ['11.4 beacon replayed, reordered', beacons, 'sent twice, or in another order'],
  ['11.4 beacon too large', beacons, 'that is too large'],
  ['11.4 beacon absent', beacons, 'that is withheld'],
  [
    '11.4 a header of any length',
    `${network}/client-address.test.ts`,
    'reads a header of a hundred thousand',
  ],
  ['11.4 each peer, claim and chain', `${network}/client-address.test.ts`, '$peer peer, $kind claim'],
  [
    'odd names in options',
    'domain/questions/grading/odd-words.test.ts',
    'become options without a character',
  ],
  ['odd names in lists', 'domain/questions/grading/odd-words.test.ts', 'are counted and cut into lists'],
  ['odd replies', 'domain/questions/grading/grade.test.ts', 'questions 12'],
  ['odd words in files', 'services/imports/read-rows.test.ts', ''],
  ['11.4 nothing leaves the origin', `${browsers}/headers.browser.ts`, 'nothing leaves the portal'],
]

/** Requirements without a test, and the reason. */
const elsewhere = [
  ['11.3 own STUN, JA4', 'NET_WEBRTC_MISMATCH and NET_TLS_UA are of a later phase and not registered'],
  ['11.4 load', 'times are held by `npm run bench -- score`, never by a test'],
] as const

describe('tests of the silent checks and the score', () => {
  it.each(rows)('hold %s', (_asked, file, title) => {
    expect(titlesIn(textOf(file)).filter((words) => words.startsWith(title))).not.toEqual([])
  })

  it('leave out only what has a reason', () => {
    const codes = textOf('domain/risk/checks/index.ts')
    expect(codes).not.toMatch(/webrtc|tls-ua/)
    expect(textOf('bench/score/run.ts')).toContain('score.p99Ms')
    expect(elsewhere.every(([, reason]) => reason.length > 20)).toBe(true)
  })
})

/** Questions whose answers are all alike, whatever is true: what is compared, the first with each other. */
import { input } from '#domain/risk/testing/facts.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import type { Scene } from './scene.ts'

/** One kind of question. `control`: the arm that is the same as the first. */
export type Family = {
  readonly name: string
  readonly path: string
  readonly control: string
  readonly arms: readonly { readonly name: string; readonly body: (round: number) => object }[]
}

/** Dead links of every kind. `foreign`: the live token of a link of another kind, which opens nothing here (C10, C18). */
const deadLinks = (
  tokens: { readonly used: string; readonly expired: string; readonly foreign: string },
  more: object,
): Family['arms'] => [
  { name: 'unknown', body: () => ({ token: newToken(), ...more }) },
  { name: 'unknown again', body: () => ({ token: newToken(), ...more }) },
  ...Object.entries(tokens).map(([name, token]) => ({ name, body: () => ({ token, ...more }) })),
]

/** All of them. */
export const familiesOf = ({ known, frozen, used, expired, live }: Scene): readonly Family[] => {
  const links = { used: used.link, expired: expired.link, foreign: live.report }
  const reports = { used: used.report, expired: expired.report, foreign: live.link }
  const control = 'unknown again'
  const purpose = 'account_unlock'
  return [
    { name: 'link', path: '/api/public/links/open', control, arms: deadLinks(links, {}) },
    {
      name: 'match code',
      path: '/api/public/links/code',
      control,
      arms: deadLinks(links, {
        ...{ code: '123456', language: 'en' },
        page: { origin: 'http://portal.localhost', device: null },
        summary: input(),
      }),
    },
    { name: 'report link', path: '/api/public/reports/open', control, arms: deadLinks(reports, {}) },
    {
      name: 'self-service',
      path: '/api/public/help',
      control: 'known again',
      arms: [
        // Each may start once: nobody is asked for twice.
        { name: 'known', body: (round) => ({ who: known[2 * round], purpose }) },
        { name: 'known again', body: (round) => ({ who: known[2 * round + 1], purpose }) },
        { name: 'unknown', body: (round) => ({ who: `nobody-${String(round)}`, purpose }) },
        { name: 'frozen', body: () => ({ who: frozen, purpose }) },
      ],
    },
  ]
}

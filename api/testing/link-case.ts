import { input } from '#domain/risk/testing/facts.ts'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { matchCode } from '#platform/crypto/match-code.ts'
import { addTestLink } from './fake-verifications.ts'
import { addPlanFacts } from './plan.ts'
import { addPerson, callPortal, keylessPage, type TestApi } from './test-api.ts'

type Row = Readonly<Record<string, unknown>>

/** Cases with a link, and the calls that a visitor of one can make. */
export const linkCases = (api: TestApi, tenantId: string) => ({
  /** A person who can be asked the ordinary plan, a verification and its link; `link`, `row` and `who` change their columns. */
  makeCase: async (link: Row = {}, row: Row = {}, who: Row = {}) => {
    const person = await addPerson(api, tenantId, who)
    await addPlanFacts(api.owner, person)
    const { id: verificationId } = await makeVerification(api.owner, person.phone, row)
    const of = { tenantId, verificationId, personId: person.id, contactId: person.phone.id }
    const { token, id } = await addTestLink({ owner: api.owner, keys: api.keys.worker }, of, link)
    const code = matchCode(api.keys.worker, { tenantId, verificationId, ordinal: 1 })
    return { person, verificationId, token, linkId: id, code }
  },
  open: (token: string) => callPortal(api, null, '/api/public/links/open', { body: { token } }),
  submit: (token: string, code: string) =>
    callPortal(api, null, '/api/public/links/code', {
      body: { token, code, language: 'en', page: keylessPage(api), summary: input() },
    }),
  decline: (token: string, digits: string) =>
    callPortal(api, null, '/api/public/links/decline', { body: { token, digits } }),
})

/** Six digits that are not these. */
export const wrongCode = (code: string): string => (code === '000000' ? '111111' : '000000')

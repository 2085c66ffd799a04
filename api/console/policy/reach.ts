import type { Policy } from '#domain/policy/policy.ts'
import { noRoute, thinRouteOf, thinRoutes } from '#domain/policy/reach.ts'
import { purposes, tiers, type Purpose, type Tier } from '#domain/verification/verification.ts'
import { currentVersion } from '#services/policy/policy-versions.ts'
import { reachPage, type ReachPerson } from '#services/policy/reach-facts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { PolicyReach } from '../../contract/console-policy.ts'
import type { ApiDeps } from '../../deps.ts'
import { draftOf } from './drafts.ts'
import { createCalculationQueue, withBreaks } from './calculation-queue.ts'

const pageSize = 1000
/** People named at most; the counts tell of all. */
const mostNamed = 20

type Cell = PolicyReach['cells'][number]

const count = (found: PolicyReach, before: Policy, after: Policy, now: number) => {
  const cells = new Map(found.cells.map((cell) => [`${cell.purpose} ${cell.tier}`, cell]))
  const inCell = (person: ReachPerson, purpose: Purpose): string | null => {
    // Every purpose and tier has its cell.
    const cell = cells.get(`${purpose} ${person.facts.tier}`) as Cell
    const [was, is] = [before, after].map((policy) => noRoute(person.facts, policy, purpose, now))
    cell.people += 1
    cell.withoutRoute.before += was === null ? 0 : 1
    cell.withoutRoute.after += is == null ? 0 : 1
    return was === null ? (is ?? null) : null
  }
  return (person: ReachPerson): void => {
    found.people += 1
    if (!person.isHandled) {
      found.notHandled += 1
      return
    }
    const thin = thinRouteOf(person.facts, after, 'password_reset', now)
    for (const one of found.thin.routes) if (one.route === thin) one.people += 1
    found.thin.people += thin === null ? 0 : 1
    const lost = purposes.flatMap((purpose) => {
      const reason = inCell(person, purpose)
      return reason === null ? [] : [{ purpose, reason }]
    })
    const [first] = lost
    if (first === undefined || found.stranded.length >= mostNamed) return
    found.stranded.push({
      id: person.id,
      name: person.name,
      tier: person.facts.tier,
      purposes: lost.map(({ purpose }) => purpose),
      reason: first.reason,
    })
  }
}

const emptyCell = (purpose: Purpose, tier: Tier): Cell => ({
  purpose,
  tier,
  people: 0,
  withoutRoute: { before: 0, after: 0 },
})

type Source = Pick<ApiDeps, 'db' | 'keys' | 'factTools'>

/** The directory, a short transaction for each page. */
const pagesOf = async function* (
  { db, keys, factTools }: Source,
  tenantId: string,
): AsyncGenerator<readonly ReachPerson[]> {
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const page: readonly ReachPerson[] = await inTenant(db, tenantId, (tx) =>
      reachPage(tx, keys, { factTools }, from, pageSize),
    )
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.id
  }
}

/** Counts who would be left without any route, over the directory as it is now, in short transactions. */
export const policyReach = ({ db, keys, factTools }: ApiDeps) => {
  const calculations = createCalculationQueue()
  return bind('console.policyReach', ({ staff, body, http }) =>
    calculations.run(staff.tenantId, async () => {
      const { policy } = await inTenant(db, staff.tenantId, currentVersion)
      const found: PolicyReach = {
        people: 0,
        notHandled: 0,
        cells: purposes.flatMap((purpose) => tiers.map((tier) => emptyCell(purpose, tier))),
        thin: { people: 0, routes: thinRoutes.map((route) => ({ route, people: 0 })) },
        stranded: [],
      }
      const handle = count(found, policy, draftOf(body.policy, policy), Date.now())
      for await (const page of pagesOf({ db, keys, factTools }, staff.tenantId)) {
        await withBreaks(page, http.hasLeft, handle)
        if (http.hasLeft()) break
      }
      return found
    }),
  )
}

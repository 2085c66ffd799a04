/** `recompute`: whether every stored score is what its stored results give under the policy of its time. */
import { recomputeScores, type Recomputation } from '#services/risk/recompute.ts'
import { CommandError, type Command } from './command.ts'
import { optionsOf, withTenant } from './tenant.ts'

const options = {
  tenant: { type: 'string' },
  verification: { type: 'string' },
  json: { type: 'boolean' },
} as const

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

const lines = ({ scorings, differing, examples }: Recomputation): string =>
  [
    `${String(differing)} of ${String(scorings)} stored scores differ when they are computed again.`,
    ...examples.flatMap(({ verificationId, ordinal, differences }) =>
      differences.map(
        ({ part, stored, recomputed }) =>
          `  ${verificationId} (${String(ordinal)}) ${part}: stored ${stored}, recomputed ${recomputed}`,
      ),
    ),
  ].join('\n')

/** Ends in failure where anything differs, or where there was nothing to look at although a case was named. */
export const recompute: Command = {
  demoLogin: 'api',
  usage:
    'recompute [--tenant NAME] [--verification ID] [--json]: computes stored scores again; fails where one differs',
  run: async (args, env) => {
    const { tenant, verification = null, json = false } = optionsOf(args, options)
    if (verification !== null && !isId(verification))
      throw new CommandError(`"${verification}" is no verification's id.`)
    const found = await withTenant(env, tenant, ({ db, tenantId }) =>
      recomputeScores(db, tenantId, verification),
    )
    if (verification !== null && found.scorings === 0)
      throw new CommandError('This verification does not exist, or was never scored.')
    const text = json ? JSON.stringify(found) : lines(found)
    if (found.differing > 0) throw new CommandError(text)
    return text
  },
}

/** `directory-sync`: how far directories were read, and an operator's word that a drop is real. */
import { acceptDrop, listSyncs, type SyncRow } from '#services/people/directory-syncs.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { CommandError, type Command } from './command.ts'
import { optionsOf, withTenant } from './tenant.ts'

const usage = 'directory-sync [--tenant T] [--directory NAME --accept-drop]'

const options = {
  tenant: { type: 'string' },
  directory: { type: 'string' },
  'accept-drop': { type: 'boolean', default: false },
} as const

const logOf = ({
  hasLog,
  logUntil,
  logProblem,
  logSignIns,
}: Pick<SyncRow, 'hasLog' | 'logUntil' | 'logProblem' | 'logSignIns'>): readonly string[] =>
  hasLog
    ? [
        `log of sign-ins: ${String(logSignIns)} counted up to ${logUntil ?? 'never'}`,
        ...(logProblem === null ? [] : [`problem of the log ${logProblem}`]),
      ]
    : []

const list = async (tx: Tx): Promise<string> => {
  const lines = (await listSyncs(tx)).map(
    ({ directory, people, syncedAt, problem, heldPeople, heldContacts, ...log }) =>
      [
        directory,
        `${String(people)} people`,
        `read ${syncedAt ?? 'never'}`,
        ...(problem === null ? [] : [`problem ${problem}`]),
        ...(heldPeople === null || heldContacts === null
          ? []
          : [`held back: ${String(heldPeople)} people gone, ${String(heldContacts)} contacts gone`]),
        ...logOf(log),
      ].join('  '),
  )
  return lines.length === 0 ? 'No directory was read yet.' : lines.join('\n')
}

const accept = async (tx: Tx, directory: string): Promise<string> => {
  const accepted = await acceptDrop(tx, directory)
  if (accepted === null) throw new CommandError(`Nothing is held back of ${directory}.`)
  await recordEvents(tx, { kind: 'system', id: 'shell' }, null, [
    {
      type: 'directory.drop_accepted',
      object: { kind: 'tenant', id: tx.tenantId },
      payload: { directory, ...accepted },
    },
  ])
  return (
    `The next reading of ${directory} may take away ${String(accepted.people)} people and ` +
    `${String(accepted.contacts)} contacts, once, and no more.`
  )
}

export const directorySyncCommand: Command = {
  demoLogin: 'owner',
  usage: `${usage}: how far directories were read; accepts a drop that was held back`,
  run: async (args, env) => {
    const { tenant, directory, 'accept-drop': isAccepted } = optionsOf(args, options)
    if (isAccepted !== (directory !== undefined)) throw new CommandError(`Say it so: ${usage}`)
    return withTenant(env, tenant, ({ db, tenantId }) =>
      inTenant(db, tenantId, (tx) => (directory === undefined ? list(tx) : accept(tx, directory))),
    )
  },
}

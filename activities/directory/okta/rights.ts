/** Reads who administers the organisation, and what we may do ourselves. */
import { z } from 'zod'
import type { Privilege, SelfCheck } from '../port.ts'
import { readAs, type Api } from '../rest/api.ts'
import { missingLog } from '../sign-in-span.ts'
import { pagesOf } from './lists.ts'
import type { OktaOptions } from './options.ts'
import { foundBy } from './people.ts'
import { logScope } from './session.ts'

const roles = z.array(z.object({ type: z.string(), label: z.string().nullish() }))
const groups = z.array(z.object({ id: z.string() }))

const allOf = async <T>(api: Api, schema: z.ZodType<readonly T[]>, first: string): Promise<readonly T[]> => {
  const all: T[] = []
  for await (const { json } of pagesOf(api, first)) all.push(...readAs(schema, json))
  return all
}

/** By roles, which a person has themselves or through a group, and by the groups that the operator names. */
export const privilegeOf = async (api: Api, options: OktaOptions, id: string): Promise<Privilege> => {
  if ((await foundBy(api, options, id)) === null) return { kind: 'unknown' }
  const held = await allOf(api, roles, `/api/v1/users/${id}/roles`)
  const { privilegedGroups } = options
  const own = privilegedGroups.length === 0 ? [] : await allOf(api, groups, `/api/v1/users/${id}/groups`)
  const through = [
    ...held.map(({ type, label }) => label || type),
    ...privilegedGroups.filter((group) => own.some((one) => one.id === group)),
  ]
  return through.length === 0 ? { kind: 'standard' } : { kind: 'privileged', through }
}

/** May read the log of everybody. */
const logRole = 'REPORT_ADMIN'

/**
 * The roles of our own app: a custom one that holds what is needed, and no standard one, each of which holds more, but for the
 * one that reads the log.
 */
export const checkSelf = async (
  api: Api,
  { clientId }: OktaOptions,
  readLog: Parameters<typeof missingLog>[0] | null,
): Promise<SelfCheck> => {
  const held = await allOf(api, roles, `/oauth2/v1/clients/${encodeURIComponent(clientId)}/roles`)
  const own = held.filter(({ type }) => readLog === null || type !== logRole)
  if (own.length === 0)
    return { kind: 'checked', findings: [{ kind: 'missing', right: 'role', detail: 'CUSTOM' }] }
  const standard = own.filter(({ type }) => type !== 'CUSTOM')
  return {
    kind: 'checked',
    findings: [
      ...standard.map(({ type }) => ({ kind: 'excess' as const, right: 'role', detail: type })),
      ...(readLog === null ? [] : await missingLog(readLog, `${logScope} ${logRole}`)),
    ],
  }
}

/** A tenant with one of every object that a route can be aimed at, and everybody who may call. */
import { randomUUID } from 'node:crypto'
import { roles, type Role } from '#domain/roles.ts'
import { makeVerification } from '#platform/database/testing/factories.ts'
import type { Target } from './contract-bodies.ts'
import { apiScopes } from '#domain/api-scopes.ts'
import { addClient, type KeyHolder } from './integration.ts'
import { addImport, addNamingOf, addPasskeyOf, addProposal, addSheetOf, addWordsOf } from './open-objects.ts'
import { addPerson, addTenant, callConsole, signIn, type SignedIn, type TestApi } from './test-api.ts'

/** Ids of those objects, and the callers. */
export type World = {
  readonly tenantId: string
  readonly person: Awaited<ReturnType<typeof addPerson>>
  readonly verificationId: string
  readonly proposalId: string
  readonly namingId: string
  readonly importId: string
  readonly client: KeyHolder
  /** Brought by that client. */
  readonly clientImportId: string
  readonly viewId: string
  readonly textId: string
  /** A passkey of the person. */
  readonly passkeyId: string
  /** Their printed recovery sheet. */
  readonly sheetId: string
  /** The version of the policy in force; another number in each tenant. */
  readonly policyVersion: number
  readonly staff: Readonly<Record<Role, SignedIn>>
}

/** Makes a tenant with one of everything. */
export const makeWorld = async (api: TestApi, policyVersion: number): Promise<World> => {
  const { id: tenantId } = await addTenant(api, (policy) => ({ ...policy, version: policyVersion }))
  const person = await addPerson(api, tenantId, { team: 'Payments' })
  const verification = await makeVerification(api.owner, person.phone, { state: 'awaiting_decision' })
  const staff = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await signIn(api, tenantId, role)] as const)),
  ) as Record<Role, SignedIn>
  const proposalId = await addProposal(api, tenantId, policyVersion, staff.agent.staffId)
  const namingId = await addNamingOf(api, tenantId, person.id, staff.agent.staffId)
  const importId = await addImport(api, tenantId)
  const client = await addClient(api, tenantId, { scopes: [...apiScopes] })
  const clientImportId = await addImport(api, tenantId, { origin: 'api', by_id: client.id })
  const passkeyId = await addPasskeyOf(api, tenantId, person.id)
  const sheetId = await addSheetOf(api, tenantId, person.id)
  const textId = await addWordsOf(api, tenantId, staff.agent.staffId)
  const view = await callConsole(api, staff.supervisor, '/api/console/views', {
    body: { name: 'Open ones', query: { state: 'opened' }, columns: null },
  })
  const ids = {
    verificationId: verification.id,
    proposalId,
    namingId,
    importId,
    clientImportId,
    passkeyId,
    sheetId,
    textId,
    viewId: view.json.id as string,
  }
  return { tenantId, person, client, ...ids, policyVersion, staff }
}

/** All objects of a tenant. */
export const targetOf = (world: World): Target => ({
  personId: world.person.id,
  verificationId: world.verificationId,
  contactId: world.person.phone.id,
  proposalId: world.proposalId,
  namingId: world.namingId,
  importId: world.importId,
  viewId: world.viewId,
  textId: world.textId,
  passkeyId: world.passkeyId,
  sheetId: world.sheetId,
  policyVersion: String(world.policyVersion),
})

/** Objects that nobody has. */
export const nowhere = (): Target => ({
  personId: randomUUID(),
  verificationId: randomUUID(),
  contactId: randomUUID(),
  proposalId: randomUUID(),
  namingId: randomUUID(),
  importId: randomUUID(),
  viewId: randomUUID(),
  textId: randomUUID(),
  passkeyId: randomUUID(),
  sheetId: randomUUID(),
  policyVersion: '999',
})

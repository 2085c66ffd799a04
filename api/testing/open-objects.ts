/** Objects that wait for a decision, for walks over all routes. */
import { randomUUID } from 'node:crypto'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import type { TestApi } from './test-api.ts'

const tomorrow = (): Date => new Date(Date.now() + 86_400_000)

/** A proposal that changes nothing; gives its id. */
export const addProposal = async (
  api: TestApi,
  tenantId: string,
  policyVersion: number,
  proposedBy: string,
): Promise<string> => {
  const id = randomUUID()
  const { version: _, ...document } = defaultPolicy()
  await insertRow(api.owner, 'policy_proposals', {
    tenant_id: tenantId,
    id,
    base_version: policyVersion,
    document: JSON.stringify(document),
    reason: 'of this test',
    weakened: [],
    proposed_by: proposedBy,
    proposed_by_name: 'somebody',
    expires_at: tomorrow(),
  })
  return id
}

/** An import that waits for a yes; gives its id. */
export const addImport = async (
  api: TestApi,
  tenantId: string,
  row: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const id = randomUUID()
  await insertRow(api.owner, 'imports', {
    tenant_id: tenantId,
    id,
    kind: 'tickets',
    origin: 'console',
    format: 'csv',
    mode: 'merge',
    is_strict: false,
    state: 'checked',
    by_name: 'somebody',
    expires_at: tomorrow(),
    ...row,
  })
  return id
}

/** Words of a message that wait for a second admin; gives their id. */
export const addWordsOf = async (api: TestApi, tenantId: string, proposedBy: string): Promise<string> => {
  const id = randomUUID()
  await insertRow(api.owner, 'message_texts', {
    tenant_id: tenantId,
    id,
    kind: 'link',
    channel: 'sms',
    language: 'en',
    text: '{organisation}: {link} {warning}',
    reason: 'of this test',
    proposed_by: proposedBy,
    proposed_by_name: 'somebody',
  })
  return id
}

/** A passkey of a person; gives its id. */
export const addPasskeyOf = async (api: TestApi, tenantId: string, personId: string): Promise<string> => {
  const id = randomUUID()
  await insertRow(api.owner, 'passkeys', {
    tenant_id: tenantId,
    id,
    person_id: personId,
    verification_id: randomUUID(),
    credential_index: Buffer.from(id),
    credential_sealed: Buffer.alloc(0),
    name: 'Chrome, Android',
  })
  return id
}

/** A printed recovery sheet of a person; gives its id. */
export const addSheetOf = async (api: TestApi, tenantId: string, personId: string): Promise<string> => {
  const id = randomUUID()
  await insertRow(api.owner, 'recovery_sheets', {
    tenant_id: tenantId,
    id,
    person_id: personId,
    verification_id: randomUUID(),
    portal_session_id: randomUUID(),
    activated_at: new Date(),
  })
  return id
}

/** A person who is named to vouch for a team, and whom nobody accepted yet; gives the naming's id. */
export const addNamingOf = async (
  api: TestApi,
  tenantId: string,
  approverId: string,
  namedBy: string,
): Promise<string> => {
  const id = randomUUID()
  await insertRow(api.owner, 'named_approvers', {
    tenant_id: tenantId,
    id,
    team: 'Payments',
    approver_id: approverId,
    reason: 'of this test',
    named_by: namedBy,
    named_by_name: 'somebody',
  })
  return id
}

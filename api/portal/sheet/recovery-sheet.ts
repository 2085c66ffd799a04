import { addNotices } from '#services/sending/notices.ts'
import { activateSheet as activate, drawSheet as draw } from '#services/recovery-sheets/recovery-sheets.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { PortalCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { currentStep } from '../current-step.ts'
import { planOf, readOwnCase, type PortalCase } from '../portal-case.ts'
import { stepOf } from '../step-of.ts'
import { requireLive } from '../with-questions.ts'

/** The case, when a sheet is offered at its end. @throws Refused step_over */
const requireOffer = async (deps: ApiDeps, caller: PortalCaller): Promise<PortalCase['verification']> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  const step = stepOf(found, caller, planOf(deps, caller, found))
  if (step.kind !== 'ended' || step.sheet !== 'offered') throw new Refused('step_over')
  return found.verification
}

const record = (
  tx: Tx,
  { id, person_id: personId }: PortalCase['verification'],
  type: 'recovery_sheet.shown' | 'recovery_sheet.made',
  sheetId: string,
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'participant', id: personId },
    id,
    [{ type, object: { kind: 'verification', id }, payload: { sheetId } }],
    [],
    'to_consoles',
  )

/** Shows ten codes to the participant's own browser, once. Nobody else ever sees them, and only digests are kept (B2). */
export const drawSheet = (deps: ApiDeps) =>
  bind('portal.drawSheet', async ({ participant }) => {
    const verification = await requireOffer(deps, participant)
    const { tenantId, sessionId, verificationId } = participant
    return inTenant(deps.db, tenantId, async (tx) => {
      const place = { personId: verification.person_id, verificationId, sessionId }
      const { sheetId, codes } = await draw(tx, deps.keys, place)
      await record(tx, verification, 'recovery_sheet.shown', sheetId)
      return { sheetId, codes: [...codes] }
    })
  })

/** The participant printed it: the sheet takes the place of the one before, and every contact is told (B12). */
export const activateSheet = (deps: ApiDeps) =>
  bind('portal.activateSheet', async ({ participant, body: { sheetId } }) => {
    const verification = await requireOffer(deps, participant)
    const { tenantId, sessionId, verificationId } = participant
    const { person_id: personId } = verification
    await inTenant(deps.db, tenantId, async (tx) => {
      if (!(await activate(tx, sheetId, { personId, sessionId }))) throw new Refused('step_over')
      await addNotices(tx, { verificationId, personId, kind: 'sheet_made', exceptContactId: null })
      await record(tx, verification, 'recovery_sheet.made', sheetId)
    })
    return currentStep(deps, participant)
  })

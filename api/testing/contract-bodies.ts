import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { RouteName } from '../contract/routes.ts'

/** Objects that a call is aimed at, by their ids. */
export type Target = Readonly<
  Record<
    | 'personId'
    | 'verificationId'
    | 'contactId'
    | 'proposalId'
    | 'namingId'
    | 'importId'
    | 'viewId'
    | 'textId'
    | 'passkeyId'
    | 'sheetId'
    | 'policyVersion',
    string
  >
>

/** A body that its schema accepts, aimed at the given objects. */
export const bodyOf = (name: RouteName, target: Target): unknown => {
  const bodies: Partial<Record<RouteName, unknown>> = {
    'console.signOut': {},
    'console.beginStepUp': {},
    'console.stepUp': { id: 'AAAA', clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
    'console.beginPasskey': {},
    'console.addPasskey': {
      id: 'AAAA',
      clientDataJSON: 'AAAA',
      attestationObject: 'AAAA',
      transports: [],
      name: 'a key',
    },
    'console.renamePasskey': { name: 'another key' },
    'console.removePasskey': {},
    'console.liftFreeze': { reason: 'spoke to them on a known number' },
    'console.revokePasskey': { reason: 'the phone was lost' },
    'console.voidSheet': { reason: 'they lost it' },
    'console.protectAccount': { reason: 'domain controllers hang on it' },
    'console.unprotectAccount': { decision: 'decline', reason: 'not now' },
    'console.inviteToEnrol': { personIds: [target.personId] },
    'console.searchPeople': { q: 'nobody at all' },
    'console.searchDirectories': { q: 'nobody at all' },
    'console.revealContact': { reason: 'the caller spells it out' },
    'console.accessReport': { reference: 'DSR-12' },
    'console.startVerification': {
      personId: target.personId,
      purpose: 'identity_check',
      contactId: target.contactId,
      ticket: null,
    },
    'console.saveView': { name: 'Mine', query: {}, columns: null },
    'console.deleteView': {},
    'console.resend': { contactId: target.contactId },
    'console.stopAction': { reason: 'they called us' },
    'console.cancel': { reason: 'no longer needed' },
    'console.askApprover': {},
    'console.copyCase': {},
    'console.clearDuress': { reason: 'went to see them' },
    'console.decide': { decision: 'refused', reason: 'not convincing', screenHash: 'a'.repeat(64) },
    'console.label': { label: 'unsure', reason: 'cannot tell', basis: 'panel' },
    'console.exercise': { isExercise: true, reason: 'the round of this quarter' },
    'console.decideCohort': { dimension: 'device', value: 'mobile', reason: 'explained by the carrier' },
    'console.previewPolicy': { policy: defaultPolicy() },
    'console.policyReach': { policy: defaultPolicy() },
    'console.backTestPolicy': { policy: defaultPolicy(), after: null },
    'console.savePolicy': { policy: defaultPolicy(), reason: 'no change at all' },
    'console.decideProposal': { decision: 'decline', reason: 'not now' },
    'console.callOffPolicy': { reason: 'not needed any more' },
    'console.hastenPolicy': { reason: 'an emergency' },
    'console.nameApprover': {
      approverId: target.personId,
      whom: { kind: 'team', team: 'Payments' },
      reason: 'works beside them',
    },
    'console.proposeText': {
      kind: 'link',
      channel: 'sms',
      language: 'en',
      messageText: { subject: null, text: '{organisation}: within {minutes} min: {link} {warning}' },
      reason: 'shorter',
    },
    'console.decideText': { decision: 'decline', reason: 'not now' },
    'console.testMessage': { kind: 'link', channel: 'email', language: 'en', proposed: false },
    'console.decideNaming': { decision: 'decline', reason: 'not now' },
    'console.endNaming': { reason: 'has left' },
    'console.addPlace': { kind: 'gateway', value: '198.51.100.0/24', label: 'VPN pool' },
    'console.removePlace': { kind: 'country', value: 'IE' },
    'console.nameSecondApprover': { staffId: target.personId, reason: 'knows the accounts' },
    'console.acceptSecondApprover': { decision: 'accept', reason: 'as agreed' },
    'console.endSecondApprover': { reason: 'has moved' },
    'console.raiseThreat': { reason: 'a wave of calls' },
    'console.lowerThreat': {},
    'console.uploadImport': [],
    'console.confirmImport': { isDropConfirmed: false },
    'console.cancelImport': {},
    'console.countThin': {},
    'integration.startVerification': {
      person: { login: 'nobody-of-this-name' },
      purpose: 'identity_check',
      ticket: null,
    },
    'integration.uploadImport': [],
    'integration.confirmImport': { isDropConfirmed: false },
    'integration.cancelImport': {},
  }
  return bodies[name]
}

/** A route that needs more in its address than objects gets it here. */
export const queryOf = (name: RouteName): string => {
  const queries: Partial<Record<RouteName, string>> = {
    'console.sendOptions': '?purpose=password_reset',
    'console.readinessPeople': '?lacking=none',
    'console.messageHistory': '?kind=link&channel=sms&language=en',
    'console.dashboard': '?from=2026-01-01T00:00:00Z&to=2026-01-31T00:00:00Z',
  }
  return queries[name] ?? ''
}

import { tenantsAndPeople } from './0001-tenants-people.ts'
import { staffAndPolicy } from './0002-staff-policy.ts'
import { verifications } from './0003-verifications.ts'
import { acting } from './0004-acting.ts'
import { events } from './0005-events.ts'
import { isolation, ownership, resolverFunctions, resolvers } from './0006-functions.ts'
import { auditChain, recorderFunctions } from './0007-audit-chain.ts'
import { partitions } from './0008-partitions.ts'
import { freezerFunctions, workflowSupport } from './0020-workflows.ts'
import { reads } from './0010-reads.ts'
import { panelReads } from './0032-panel-reads.ts'
import { caseReads } from './0011-case-reads.ts'
import { sendingFacts } from './0034-sending-facts.ts'
import { appendEvents, appendEventsFunctions } from './0036-append-events.ts'
import { furtherFacts } from './0038-further-facts.ts'
import { questionEpochs } from './0040-question-epochs.ts'
import { policyChanges } from './0050-policy-changes.ts'
import { approverResolvers, approvers } from './0090-approvers.ts'
import { listsByValue } from './0160-lists-by-value.ts'
import { staffSessionsEnd } from './0130-staff-sessions-end.ts'
import { sourceImports } from './0070-source-imports.ts'
import { calibration } from './0100-calibration.ts'
import { policyDelays } from './0101-policy-delays.ts'
import { listColumnFunctions, listColumns } from './0060-list-columns.ts'
import { listRead } from './0061-list-read.ts'
import { savedViews } from './0062-saved-views.ts'
import { passkeys } from './0080-passkeys.ts'
import { namingApprovers } from './0140-naming-approvers.ts'
import { staffPasskeys } from './0102-staff-passkeys.ts'
import { accountLocks } from './0170-account-locks.ts'
import { listIndexes } from './0171-list-indexes.ts'
import { overturned, overturnedFunctions } from './0172-overturned.ts'
import { staffPersons } from './0180-staff-persons.ts'
import { harvestAlarms } from './0200-harvest-alarms.ts'
import { namingNotices } from './0201-naming-notices.ts'
import { apiClientResolvers, apiClients } from './0205-api-clients.ts'
import { directoryDrops } from './0260-directory-drops.ts'
import { writesInFlight } from './0261-writes-in-flight.ts'
import { directorySyncs } from './0210-directory-syncs.ts'
import { approvals } from './0220-approvals.ts'
import { protectedAccounts, protectedFunctions } from './0221-protected-accounts.ts'
import { secondApprovers } from './0222-second-approvers.ts'
import { liftedFreezes, lifterFunctions } from './0230-lifted-freezes.ts'
import { messageResolvers, messages } from './0270-messages.ts'
import { duress } from './0290-duress.ts'
import { waitingTimes } from './0280-waiting-times.ts'
import { schedules } from './0281-schedules.ts'
import { privilegeFound } from './0300-privilege-found.ts'
import { signedDecisions } from './0320-signed-decisions.ts'
import { watchedStaff } from './0301-watched-staff.ts'
import { clientAlarms } from './0340-client-alarms.ts'
import { impersonations } from './0420-impersonations.ts'
import { countedNotices } from './0421-counted-notices.ts'
import { unreadableContacts } from './0431-unreadable-contacts.ts'
import { deviceKeys } from './0440-device-keys.ts'
import { refusedCodes } from './0450-refused-codes.ts'
import { movedSessions } from './0451-moved-sessions.ts'
import { signedSessions } from './0460-signed-sessions.ts'
import { searchWords } from './0350-search-words.ts'
import { listLookups } from './0360-list-lookups.ts'
import { tokenMarks } from './0400-token-marks.ts'
import { twoPeople } from './0410-two-people.ts'
import { noIdTokens } from './0411-no-id-tokens.ts'
import { countedSearches } from './0412-counted-searches.ts'
import { purposeActions } from './0240-purposes.ts'
import { startResolvers, starts } from './0241-starts.ts'

/** One step: its name as recorded in the database (never with an extension) and its SQL. */
export type Migration = { readonly name: string; readonly sql: string }

/**
 * All steps, oldest first; forward only. A new one is added at the end. After the last one every run also secures each
 * tenant table, creates missing partitions and sets privileges (see `migrate.ts`), so a step does none of that: it
 * adds its tables and functions to `role-matrix.ts` instead.
 */
export const migrations: readonly Migration[] = [
  { name: '0001-tenants-people', sql: tenantsAndPeople },
  { name: '0002-staff-policy', sql: staffAndPolicy },
  { name: '0003-verifications', sql: verifications },
  { name: '0004-acting', sql: acting },
  { name: '0005-events', sql: events },
  {
    name: '0006-functions',
    sql: isolation + resolvers + ownership('countersign_resolver', resolverFunctions),
  },
  { name: '0007-audit-chain', sql: auditChain + ownership('countersign_recorder', recorderFunctions) },
  { name: '0008-partitions', sql: partitions },
  { name: '0010-reads', sql: reads },
  { name: '0011-case-reads', sql: caseReads },
  { name: '0020-workflows', sql: workflowSupport + ownership('countersign_freezer', freezerFunctions) },
  { name: '0032-panel-reads', sql: panelReads },
  { name: '0034-sending-facts', sql: sendingFacts },
  {
    name: '0036-append-events',
    sql: appendEvents + ownership('countersign_recorder', appendEventsFunctions),
  },
  { name: '0038-further-facts', sql: furtherFacts },
  { name: '0040-question-epochs', sql: questionEpochs },
  { name: '0050-policy-changes', sql: policyChanges },
  { name: '0060-list-columns', sql: listColumns + ownership('countersign_recorder', listColumnFunctions) },
  { name: '0061-list-read', sql: listRead },
  { name: '0062-saved-views', sql: savedViews },
  { name: '0070-source-imports', sql: sourceImports },
  { name: '0080-passkeys', sql: passkeys },
  {
    name: '0090-approvers',
    sql: approvers + ownership('countersign_resolver', approverResolvers),
  },
  { name: '0100-calibration', sql: calibration },
  { name: '0101-policy-delays', sql: policyDelays },
  { name: '0102-staff-passkeys', sql: staffPasskeys },
  { name: '0130-staff-sessions-end', sql: staffSessionsEnd },
  { name: '0140-naming-approvers', sql: namingApprovers },
  { name: '0160-lists-by-value', sql: listsByValue },
  { name: '0170-account-locks', sql: accountLocks },
  { name: '0171-list-indexes', sql: listIndexes },
  { name: '0172-overturned', sql: overturned + ownership('countersign_recorder', overturnedFunctions) },
  { name: '0180-staff-persons', sql: staffPersons },
  { name: '0200-harvest-alarms', sql: harvestAlarms },
  { name: '0201-naming-notices', sql: namingNotices },
  {
    name: '0205-api-clients',
    sql: apiClients + ownership('countersign_resolver', apiClientResolvers),
  },
  { name: '0210-directory-syncs', sql: directorySyncs },
  { name: '0220-approvals', sql: approvals },
  {
    name: '0221-protected-accounts',
    sql: protectedAccounts + ownership('countersign_freezer', protectedFunctions),
  },
  { name: '0222-second-approvers', sql: secondApprovers },
  { name: '0230-lifted-freezes', sql: liftedFreezes + ownership('countersign_freezer', lifterFunctions) },
  { name: '0240-purposes', sql: purposeActions },
  { name: '0241-starts', sql: starts + ownership('countersign_resolver', startResolvers) },
  { name: '0260-directory-drops', sql: directoryDrops },
  { name: '0261-writes-in-flight', sql: writesInFlight },
  { name: '0270-messages', sql: messages + ownership('countersign_resolver', messageResolvers) },
  { name: '0280-waiting-times', sql: waitingTimes },
  { name: '0281-schedules', sql: schedules },
  { name: '0290-duress', sql: duress },
  { name: '0300-privilege-found', sql: privilegeFound },
  { name: '0301-watched-staff', sql: watchedStaff },
  { name: '0320-signed-decisions', sql: signedDecisions },
  { name: '0340-client-alarms', sql: clientAlarms },
  { name: '0350-search-words', sql: searchWords },
  { name: '0360-list-lookups', sql: listLookups },
  { name: '0400-token-marks', sql: tokenMarks },
  { name: '0410-two-people', sql: twoPeople },
  { name: '0411-no-id-tokens', sql: noIdTokens },
  { name: '0412-counted-searches', sql: countedSearches },
  { name: '0420-impersonations', sql: impersonations },
  { name: '0421-counted-notices', sql: countedNotices },
  { name: '0431-unreadable-contacts', sql: unreadableContacts },
  { name: '0440-device-keys', sql: deviceKeys },
  { name: '0450-refused-codes', sql: refusedCodes },
  { name: '0451-moved-sessions', sql: movedSessions },
  { name: '0460-signed-sessions', sql: signedSessions },
]

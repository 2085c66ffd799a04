import type { Binding } from '../http/bind.ts'
import type { ApiDeps } from '../deps.ts'
import { accessReport } from './people/access-report.ts'
import { calibration } from './calibration/report.ts'
import { decideCohort } from './calibration/cohort.ts'
import {
  addPasskeyOfStaff,
  beginStaffPasskey,
  removePasskeyOfStaff,
  renamePasskey,
  staffPasskeys,
} from './session/passkeys.ts'
import { revokePasskey } from './session/revoke-passkey.ts'
import { voidSheet } from './people/void-sheet.ts'
import { beginStepUp, stepUp } from './session/step-up.ts'
import { decideNaming, endAcceptedNaming } from './approvers/decide.ts'
import { nameApprover } from './approvers/name.ts'
import { approverNamings } from './approvers/page.ts'
import { clearDuress } from './alarms/clear-duress.ts'
import { copyCase } from './case/copy-case.ts'
import { liftFreeze } from './alarms/lift-freeze.ts'
import { alarms } from './alarms/page.ts'
import { messageHistory, messagesPage } from './messages/page.ts'
import { sendTest } from './messages/test.ts'
import { decideOnText, proposeText } from './messages/texts.ts'
import { askApprover } from './case/ask-approver.ts'
import { cancel } from './case/cancel.ts'
import { dashboard } from './dashboard/dashboard.ts'
import { decide } from './case/decide.ts'
import { evidence } from './case/evidence.ts'
import { exercise } from './case/exercise.ts'
import { exportVerifications } from './list/export-verifications.ts'
import { label } from './case/label.ts'
import { listVerifications } from './list/list-verifications.ts'
import { live } from './live/live.ts'
import { matchCode } from './sending/match-code.ts'
import { personCard } from './people/person-card.ts'
import { revealContact } from './people/reveal-contact.ts'
import { addPlace, places, removePlace } from './places/places.ts'
import { backTestPolicy } from './policy/back-test.ts'
import { policyPage } from './policy/page.ts'
import { decideProposal } from './policy/proposals.ts'
import { policyReach } from './policy/reach.ts'
import { previewPolicy, savePolicy } from './policy/save.ts'
import { lowerThreat, raiseThreat } from './policy/threat.ts'
import { callOffPolicy, hastenPolicy } from './policy/waiting.ts'
import { policyVersion, policyVersions } from './policy/versions.ts'
import { protectAccount, unprotectAccount } from './people/protection.ts'
import { queue } from './list/queue.ts'
import {
  acceptSecondApprover,
  endSecondApprover,
  nameSecondApprover,
  secondApprovers,
} from './second-approvers/pool.ts'
import { nextReview } from './review/next.ts'
import { resend } from './sending/resend.ts'
import { searchDirectories } from './people/search-directories.ts'
import { inviteToEnrol } from './people/invite-to-enrol.ts'
import { readiness, readinessPeople } from './people/readiness.ts'
import { searchPeople } from './people/search-people.ts'
import { sendOptions } from './sending/send-options.ts'
import { session } from './session/session.ts'
import { signOut } from './session/sign-out.ts'
import { cancelImport, confirmImport, importReport, sourceImport, uploadImport } from './sources/imports.ts'
import { countThin, sourcesPage } from './sources/page.ts'
import { startVerification } from './sending/start-verification.ts'
import { stopAction } from './case/stop-action.ts'
import { transcript } from './case/transcript.ts'
import { verification } from './case/verification.ts'
import { deleteView } from './list/views/delete-view.ts'
import { saveView } from './list/views/save-view.ts'
import { savedViews } from './list/views/saved-views.ts'

const handlers = [
  beginStepUp,
  stepUp,
  staffPasskeys,
  beginStaffPasskey,
  addPasskeyOfStaff,
  renamePasskey,
  removePasskeyOfStaff,
  revokePasskey,
  voidSheet,
  alarms,
  liftFreeze,
  clearDuress,
  copyCase,
  session,
  signOut,
  readiness,
  readinessPeople,
  inviteToEnrol,
  searchPeople,
  searchDirectories,
  personCard,
  revealContact,
  accessReport,
  protectAccount,
  unprotectAccount,
  sendOptions,
  startVerification,
  listVerifications,
  exportVerifications,
  queue,
  savedViews,
  saveView,
  deleteView,
  verification,
  transcript,
  evidence,
  matchCode,
  resend,
  cancel,
  stopAction,
  askApprover,
  decide,
  label,
  nextReview,
  exercise,
  calibration,
  decideCohort,
  dashboard,
  live,
  policyPage,
  policyVersions,
  policyVersion,
  previewPolicy,
  policyReach,
  backTestPolicy,
  savePolicy,
  decideProposal,
  callOffPolicy,
  hastenPolicy,
  approverNamings,
  nameApprover,
  decideNaming,
  endAcceptedNaming,
  secondApprovers,
  nameSecondApprover,
  acceptSecondApprover,
  endSecondApprover,
  places,
  addPlace,
  removePlace,
  messagesPage,
  messageHistory,
  proposeText,
  decideOnText,
  sendTest,
  raiseThreat,
  lowerThreat,
  sourcesPage,
  uploadImport,
  sourceImport,
  importReport,
  confirmImport,
  cancelImport,
  countThin,
]

/** Every route of the console with its handler. */
export const consoleBindings = (deps: ApiDeps): readonly Binding[] => handlers.map((handler) => handler(deps))

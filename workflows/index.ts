/* The entry of the workflow bundle: workflow functions, nothing else. */
export { verification } from './verification/workflow.ts'
export { passwordReset } from './password-reset/workflow.ts'
export { accountUnlock } from './account-unlock/workflow.ts'
export { directorySearch } from './directory-search/workflow.ts'
export { maintenance } from './maintenance/workflow.ts'
export { mfaReset } from './mfa-reset/workflow.ts'

/* The entry of the workflow bundle: workflow functions, nothing else. */
export { verification } from './verification/workflow.ts'
export { passwordReset } from './password-reset/workflow.ts'

/**
 * The reason why a process cannot start, as a sentence for the operator: it names variables and hosts, never a secret.
 */
export class StartError extends Error {
  override readonly name: string = 'StartError'
}

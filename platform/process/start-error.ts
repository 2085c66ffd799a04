/** What keeps a process from starting, as a sentence for the operator: it names variables and hosts, never a secret. */
export class StartError extends Error {
  override readonly name: string = 'StartError'
}

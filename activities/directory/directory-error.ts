/**
 * The reason why a directory gave no clear answer. `unreachable`: no connection, or it broke or took too long ·
 * `untrusted`: its certificate is not the one that was named · `credentials`: it does not know our account · `rights`:
 * our account may not · `ambiguous`: more than one entry under one id · `cursor_over`: a sync has to begin anew ·
 * `throttled`: asked too often · `answer`: it said what we do not understand
 */
export type DirectoryProblem =
  | 'unreachable'
  | 'untrusted'
  | 'credentials'
  | 'rights'
  | 'ambiguous'
  | 'cursor_over'
  | 'throttled'
  | 'answer'

/** A directory gave no clear answer. The message is constant: what a server says may repeat a name or a password. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError'
  readonly problem: DirectoryProblem
  /** The same word, as a log line names it. */
  readonly code: DirectoryProblem
  constructor(problem: DirectoryProblem, options?: ErrorOptions) {
    super(`the directory gave no clear answer (${problem})`, options)
    this.problem = problem
    this.code = problem
  }
}

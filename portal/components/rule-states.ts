import { checkPassword, type PasswordRuleState } from '#domain/password.ts'
import type { PasswordRules } from '#api/contract/portal.ts'

/** The server's answer about the password as typed; null while there is none. */
export type ServerRules = PasswordRules['rules'] | null

/** The rules as this page sees them, with the server's word wherever it has one: the server decides. */
export const ruleStates = (
  password: string,
  step: { minLength: number; maxLength: number; contextWords: readonly string[] },
  server: ServerRules,
): readonly PasswordRuleState[] =>
  checkPassword(password, step.contextWords, null, step).map((rule) => {
    const said = server?.find(({ key }) => key === rule.code)
    return said ? { ...rule, state: said.kept ? 'met' : 'unmet' } : rule
  })

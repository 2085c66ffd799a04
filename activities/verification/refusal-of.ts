import type { SendRefusal } from '#domain/policy/send.ts'
import type { RefusalCode } from '#domain/refusal.ts'

const codes: Partial<Record<SendRefusal, RefusalCode>> = {
  participant_limit: 'send_limit_reached',
  contact_limit: 'send_limit_reached',
  prefix_limit: 'send_limit_reached',
  tenant_limit: 'send_limit_reached',
  participant_blocked: 'participant_blocked',
  never_via_help_desk: 'never_via_help_desk',
}

/** The refusal that a sending activity answers with: limits and blocks by name, everything of the contact as one. */
export const refusalOf = (reasons: readonly SendRefusal[]): RefusalCode => {
  for (const reason of reasons) {
    const code = codes[reason]
    if (code !== undefined) return code
  }
  return 'contact_not_allowed'
}

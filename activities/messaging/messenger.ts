import type { Transporter } from 'nodemailer'
import type { Twilio } from 'twilio'
import type { Messenger } from '../ports.ts'
import type { SmtpSettings } from './smtp.ts'
import type { TwilioSettings } from './twilio.ts'

/** Real messages. Providers are loaded when the first message needs them. Without an SMS account SMS are refused. */
export const createMessenger = (
  smtp: SmtpSettings,
  twilio: TwilioSettings | null,
): Messenger & { close(): void } => {
  let mailer: Transporter | undefined
  let texter: Twilio | undefined
  return {
    send: async (message) => {
      if (message.channel === 'email') {
        const { createMailer, sendMail } = await import('./smtp.ts')
        mailer ??= createMailer(smtp)
        return sendMail(mailer, smtp, message)
      }
      if (twilio === null) return { kind: 'refused', code: 'sms_not_configured' }
      const { createSmsClient, sendSms } = await import('./twilio.ts')
      texter ??= createSmsClient(twilio)
      return sendSms(texter, twilio, message)
    },
    close: () => mailer?.close(),
  }
}

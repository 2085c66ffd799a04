import type { Template } from './texts.ts'

/** A request to vouch, by SMS. */
export const approverSms: Template = {
  en: {
    subject: null,
    text: '{organisation} help desk: somebody says that you know them. Sign in within {minutes} min: {link} {warning}',
  },
  de: {
    subject: null,
    text: '{organisation} Helpdesk: Jemand sagt, Sie kennen sich. In {minutes} Min. anmelden: {link} {warning}',
  },
}

import type { Template } from './texts.ts'

/** A request to vouch, by SMS. */
export const approverSms: Template = {
  en: ({ organisation, link, minutes }) => ({
    subject: null,
    text: `${organisation} help desk: somebody says that you know them. Sign in within ${String(minutes)} min to see who: ${link ?? ''} Opening it changes nothing. We will never call you about this.`,
  }),
  de: ({ organisation, link, minutes }) => ({
    subject: null,
    text: `${organisation} Helpdesk: Jemand sagt, dass Sie sich kennen. Melden Sie sich in ${String(minutes)} Min. an, um zu sehen, wer: ${link ?? ''} Das Öffnen ändert nichts. Wir rufen Sie deswegen nie an.`,
  }),
}

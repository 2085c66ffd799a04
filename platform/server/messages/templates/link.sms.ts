import type { Template } from './texts.ts'

/** The link by SMS: two segments at most (B22), agent and ticket stand on the page. */
export const linkSms: Template = {
  en: ({ organisation, link, minutes }) => ({
    subject: null,
    text: `${organisation}: you asked the help desk. Confirm that it is you within ${String(minutes)} min: ${link ?? ''} We will never ask you to read this link to anyone.`,
  }),
  de: ({ organisation, link, minutes }) => ({
    subject: null,
    text: `${organisation}: Ihre Anfrage beim Helpdesk. Bestätigen Sie in ${String(minutes)} Min., dass Sie es sind: ${link ?? ''} Wir bitten Sie nie, diesen Link jemandem vorzulesen.`,
  }),
}

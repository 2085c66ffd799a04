import type { Template } from './texts.ts'

/** The link by SMS: two segments at most (B22), agent and ticket stand on the page. */
export const linkSms: Template = {
  en: {
    subject: null,
    text: '{organisation}: you asked the help desk. Confirm that it is you within {minutes} min: {link} {warning}',
  },
  de: {
    subject: null,
    text: '{organisation}: Ihre Anfrage beim Helpdesk. Bestätigen Sie in {minutes} Min., dass Sie es sind: {link} {warning}',
  },
}

import type { Template } from './texts.ts'

/** A code to a different contact, by SMS. */
export const secondCodeSms: Template = {
  en: {
    subject: null,
    text: '{organisation}: your code is {code}, valid for {minutes} min. Type it on the page you have open. {warning}',
  },
  de: {
    subject: null,
    text: '{organisation}: Ihr Code ist {code}, gültig {minutes} Min. Tippen Sie ihn auf der offenen Seite ein. {warning}',
  },
}

import type { Template } from './texts.ts'

/** A code to a different contact, by SMS: a second segment is what the way to stop it costs (B12, B22). */
export const secondCodeSms: Template = {
  en: {
    subject: null,
    text: '{organisation}: your code is {code}, valid for {minutes} min. Type it on the page you have open. {warning} Not you? Stop it: {link}',
  },
  de: {
    subject: null,
    text: '{organisation}: Ihr Code ist {code}, gültig {minutes} Min. Tippen Sie ihn auf der offenen Seite ein. {warning} Nicht Sie? Stoppen: {link}',
  },
}

import type { Template } from './texts.ts'

/** A code to a different contact, by SMS. */
export const secondCodeSms: Template = {
  en: ({ organisation, code, minutes }) => ({
    subject: null,
    text: `${organisation}: your code is ${code ?? ''}, valid for ${String(minutes)} min. Type it on the page you have open. We will never ask you to read it to anyone.`,
  }),
  de: ({ organisation, code, minutes }) => ({
    subject: null,
    text: `${organisation}: Ihr Code ist ${code ?? ''}, gültig ${String(minutes)} Min. Tippen Sie ihn auf der offenen Seite ein. Wir bitten Sie nie, ihn jemandem vorzulesen.`,
  }),
}

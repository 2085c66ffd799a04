import type { Template } from './texts.ts'

/** A code to a different contact, by e-mail. */
export const secondCodeEmail: Template = {
  en: ({ organisation, code, minutes }) => ({
    subject: `${organisation}: your code`,
    text: [
      `Your code is ${code ?? ''}. It is valid for ${String(minutes)} minutes.`,
      '',
      `Type it on the page of ${organisation} that you have open.`,
      '',
      'We will never ask you to read this code to anyone.',
    ].join('\n'),
  }),
  de: ({ organisation, code, minutes }) => ({
    subject: `${organisation}: Ihr Code`,
    text: [
      `Ihr Code ist ${code ?? ''}. Er gilt ${String(minutes)} Minuten.`,
      '',
      `Tippen Sie ihn auf der Seite von ${organisation} ein, die Sie geöffnet haben.`,
      '',
      'Wir bitten Sie nie, diesen Code jemandem vorzulesen.',
    ].join('\n'),
  }),
}

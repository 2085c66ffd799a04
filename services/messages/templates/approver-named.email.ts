import type { Template } from './texts.ts'

/** That somebody may be asked to vouch from now on, by e-mail. Holds no link, and names nobody whom it is for. */
export const approverNamedEmail: Template = {
  en: {
    subject: '{organisation}: you may be asked to vouch for people',
    text: [
      'From now on the help desk of {organisation} may ask you whether somebody is who they say they are.',
      'Two administrators decided that.',
      '',
      'If that happens, you get a message and sign in as you do at work. Call the person on a number that you already have',
      'before you say yes. “Not sure” is a good answer, too.',
      '',
      '{warning} If you do not want it, or do not know why, speak to your IT department.',
    ].join('\n'),
  },
  de: {
    subject: '{organisation}: Sie können gebeten werden, für andere einzustehen',
    text: [
      'Ab jetzt kann der Helpdesk von {organisation} Sie fragen, ob jemand wirklich die Person ist, für die sie sich ausgibt.',
      'Das haben zwei Personen der Administration beschlossen.',
      '',
      'Wenn es so weit ist, bekommen Sie eine Nachricht und melden sich wie bei der Arbeit an. Rufen Sie die Person unter einer',
      'Nummer an, die Sie schon haben, bevor Sie Ja sagen. Auch „nicht sicher“ ist eine gute Antwort.',
      '',
      '{warning} Möchten Sie das nicht oder wissen Sie nicht, warum, sprechen Sie mit Ihrer IT-Abteilung.',
    ].join('\n'),
  },
}

import type { Step } from '#api/contract/portal.ts'

type Kind<K extends Step['kind']> = Extract<Step, { kind: K }>

/** The words of the first response. A language that lacks one does not compile. */
export const words = {
  title: 'Help desk verification',
  language: 'Language',
  loading: 'One moment …',
  helpDesk: 'Help desk:',
  back: 'Back',
  goOn: 'Continue',
  step: (at: number, of: number) => `Step ${at} of ${of}`,
  /** Not in `domain/words/` with all else of a purpose, which would come with the first response. */
  purposes: {
    password_reset: 'reset your password',
    account_unlock: 'unlock your account',
    mfa_reset: 'reset your second sign-in step',
    access_change: 'change your access',
    identity_check: 'make sure that it is you',
  } satisfies Record<Kind<'who_asks'>['purpose'], string>,
  who: {
    kinds: {
      call: {
        heading: 'Did you contact the help desk?',
        story: (agent: string, purpose: string) =>
          `${agent} of the help desk is in touch with somebody who says they are you and who wants to ${purpose}.`,
        no: 'No, this is not me',
      },
      alone: {
        heading: 'Did you ask for help?',
        story: (_agent: string, purpose: string) =>
          `Somebody gave your name on our help page and wants to ${purpose}.`,
        no: 'No, this was not me',
      },
      check: {
        heading: 'The help desk asks you to confirm that it is you',
        story: (agent: string) => `${agent} of the help desk wants to make sure that they talk to you.`,
        no: 'Nobody is talking to me',
      },
      approved: {
        heading: 'Your request is approved',
        story: (_agent: string, purpose: string) => `You can now ${purpose}. One code is left to type.`,
        no: 'No, this was not me',
      },
    },
    facts: { ticket: 'Ticket', since: 'Since', from: 'Agent’s office' },
    looks: 'If you go on, this page looks at:',
    looksAt: {
      device: 'your browser and device settings',
      network: 'the network you are connected to',
      typing:
        'how you enter codes and answers: how many keys you press, how fast and how evenly, how long you hold them, whether you paste, dictate or fill in, how often you click and whether exactly in the middle, whether a program does it, how long it takes and how often you leave the page. We never see which keys you press, and do not watch how you enter your new password',
      work: 'your answers to a few questions about your work',
    } as Record<string, string>,
    kept: (days: number) =>
      `We delete the raw data from your device after ${days} days. Your organisation keeps the record of this verification. This device may be remembered, to recognise you next time. If you pass, we keep for 90 days, in numbers, how fast and evenly you typed, how long you held keys, how fast you answered, and how often you pasted or used a mouse. We compare them only with your own later verifications. If you use an aid, we keep none.`,
  },
  notMe: {
    link: 'This was not me',
    heading: 'Stop this?',
    story: 'Nothing will be changed on your account, and your security team is told at once.',
    label: (digits: string) => `To confirm, type the number ${digits}`,
    wrong: 'Please type the two digits shown above.',
    confirm: 'Yes, stop this',
  },
  dead: {
    dead_link: [
      'This link cannot be used',
      'It may be used up, replaced or too old. Nothing is lost. Ask the help desk for a new link, or begin yourself here.',
    ],
    no_session: [
      'Open the link in your message again',
      'Nothing is lost. If the link in your message led you here, its end is missing: copy the whole link into the address line. If you no longer have the message, ask the help desk for a new link, or begin yourself here.',
    ],
    offline: ['No connection', 'Nothing is lost. Please check your connection and try again.'],
    busy: ['That did not work just now', 'Nothing is lost. Please try again in a moment.'],
  } as Record<'dead_link' | 'no_session' | 'offline' | 'busy', [string, string]>,
  retry: 'Try again',
  toHelp: 'I cannot sign in',
}

/** The shape every language keeps. */
export type Copy = typeof words

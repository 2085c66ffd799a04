/** Words of the step whose code may not be sent now. */
const en = {
  heading: 'We cannot send you a code now',
  limit: 'Too many messages were sent in a short time. This limit protects you and others from misuse.',
  at: (when: string) => `You can get the next code from ${when}.`,
  never: 'We cannot send another code for this request.',
  send: 'Send the code now',
  otherWay: {
    passkey: 'If you do not want to wait, you can confirm with your passkey instead.',
    approver:
      'If you do not want to wait, we can ask your manager or another approver to confirm that it is you.',
    agent: 'If you do not want to wait, the help desk decides what else can prove that it is you.',
  },
  without: 'Go on without the code',
  tell: 'If you are on the phone with the help desk, tell the agent what you see here. If this page closes, ask for a new link.',
}

const de: typeof en = {
  heading: 'Wir können Ihnen gerade keinen Code senden',
  limit:
    'In kurzer Zeit wurden zu viele Nachrichten gesendet. Diese Grenze schützt Sie und andere vor Missbrauch.',
  at: (when) => `Den nächsten Code können Sie ab ${when} bekommen.`,
  never: 'Für diese Anfrage können wir keinen weiteren Code senden.',
  send: 'Code jetzt senden',
  otherWay: {
    passkey: 'Wenn Sie nicht warten möchten, bestätigen Sie stattdessen mit Ihrem Passkey.',
    approver:
      'Wenn Sie nicht warten möchten, bitten wir Ihre Führungskraft oder eine andere Person, für Sie zu bürgen.',
    agent: 'Wenn Sie nicht warten möchten, entscheidet der Helpdesk, was Ihre Identität sonst belegen kann.',
  },
  without: 'Ohne Code weiter',
  tell: 'Wenn Sie mit dem Helpdesk telefonieren, sagen Sie, was Sie hier sehen. Wenn sich diese Seite schließt, bitten Sie um einen neuen Link.',
}

/** The same in each language. */
export const refusedCode = { en, de }

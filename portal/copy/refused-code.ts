/** Words of the step whose code was not sent. */
const en = {
  heading: {
    limit: 'We cannot send you a code now',
    delivery: 'We could not deliver your code',
    contact: 'We cannot send you a code',
  },
  limit: 'Too many messages were sent in a short time. This limit protects you and others from misuse.',
  undelivered: (masked: string | null) =>
    masked === null
      ? 'The message with your code could not be delivered.'
      : `We tried to send a code to ${masked}. The message could not be delivered.`,
  at: (when: string) => `You can get the next code from ${when}.`,
  now: 'You can ask for the code again now.',
  never: 'We cannot send another code for this request.',
  send: 'Send the code now',
  otherWay: {
    passkey: 'You can also go on without the code and confirm with your passkey instead.',
    approver:
      'You can also go on without the code. Then we ask your manager or another approver to confirm that it is you.',
    agent:
      'You can also go on without the code. Then the help desk decides what else can prove that it is you.',
  },
  without: 'Go on without the code',
  tell: 'If you are on the phone with the help desk, tell the agent what you see here. If this page closes, ask for a new link.',
}

const de: typeof en = {
  heading: {
    limit: 'Wir können Ihnen gerade keinen Code senden',
    delivery: 'Wir konnten Ihren Code nicht zustellen',
    contact: 'Wir können Ihnen keinen Code senden',
  },
  limit:
    'In kurzer Zeit wurden zu viele Nachrichten gesendet. Diese Grenze schützt Sie und andere vor Missbrauch.',
  undelivered: (masked) =>
    masked === null
      ? 'Die Nachricht mit Ihrem Code konnte nicht zugestellt werden.'
      : `Wir wollten einen Code an ${masked} senden. Die Nachricht konnte nicht zugestellt werden.`,
  at: (when) => `Den nächsten Code können Sie ab ${when} bekommen.`,
  now: 'Sie können den Code jetzt noch einmal anfordern.',
  never: 'Für diese Anfrage können wir keinen weiteren Code senden.',
  send: 'Code jetzt senden',
  otherWay: {
    passkey: 'Sie können auch ohne den Code weitermachen und stattdessen mit Ihrem Passkey bestätigen.',
    approver:
      'Sie können auch ohne den Code weitermachen. Dann bitten wir Ihre Führungskraft oder eine andere Person, für Sie zu bürgen.',
    agent:
      'Sie können auch ohne den Code weitermachen. Dann entscheidet der Helpdesk, was Ihre Identität sonst belegen kann.',
  },
  without: 'Ohne Code weiter',
  tell: 'Wenn Sie mit dem Helpdesk telefonieren, sagen Sie, was Sie hier sehen. Wenn sich diese Seite schließt, bitten Sie um einen neuen Link.',
}

/** The same in each language. */
export const refusedCode = { en, de }

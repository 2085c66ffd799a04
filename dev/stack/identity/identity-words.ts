/** The words on the pages of the demo identity provider, in the languages of console and portal. */

/** The words for the list of demo accounts. */
export type AccountWords = { readonly roles: Readonly<Record<string, string>>; readonly everybody: string }

const en = {
  language: 'en',
  roles: { agent: 'agent', supervisor: 'supervisor', admin: 'admin', auditor: 'auditor', manager: 'manager' },
  everybody: 'password of everybody',
  login: 'Login',
  password: 'Password',
  signIn: 'Sign in',
  signOut: 'Sign out',
  staffTitle: 'Sign in to the demo organisation',
  employeeTitle: 'Employee sign-in',
  signOutTitle: 'Sign out of the demo organisation?',
  problemTitle: 'Sign-in',
  employeeHint: 'Tries the password against the demo directory and changes nothing else.',
  over: 'This sign-in is no longer valid. Start again.',
  notHere: 'This is not possible here.',
  notServed: (error: string) => `This request cannot be served: ${error}.`,
  noStaff: 'This account may not use the console.',
  second: {
    appCode: 'Code of your authenticator app',
    enrolmentCode: 'One-time code for a new second step',
    secret: 'Put this secret into your authenticator app, then type the code that the app shows.',
    app: 'Open it in an app on this device',
    goOn: 'Continue',
    wrong: 'That code is not right.',
    in: 'Signed in with both steps.',
    enrolled: 'Signed in. Your new second step is set up.',
    offer: 'Set up a second step',
  },
  /** A wrong password and an unknown login get the same words. */
  answers: {
    ok: 'Signed in. This password is the current one.',
    wrong: 'That login and password do not belong together.',
    locked: 'This account is locked after too many wrong passwords.',
    disabled: 'This account is disabled.',
  },
}

/** The words of one language. */
export type IdentityWords = typeof en & AccountWords

const de: IdentityWords = {
  language: 'de',
  roles: {
    agent: 'Agent',
    supervisor: 'Aufsicht',
    admin: 'Administration',
    auditor: 'Revision',
    manager: 'Führungskraft',
  },
  everybody: 'Passwort für alle',
  login: 'Anmeldename',
  password: 'Passwort',
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  staffTitle: 'Bei der Demo-Organisation anmelden',
  employeeTitle: 'Anmeldung für Beschäftigte',
  signOutTitle: 'Von der Demo-Organisation abmelden?',
  problemTitle: 'Anmeldung',
  employeeHint: 'Probiert das Passwort am Demo-Verzeichnis aus und ändert sonst nichts.',
  over: 'Diese Anmeldung gilt nicht mehr. Beginnen Sie von vorn.',
  notHere: 'Das geht hier nicht.',
  notServed: (error) => `Diese Anfrage lässt sich nicht beantworten: ${error}.`,
  noStaff: 'Dieses Konto darf die Konsole nicht benutzen.',
  second: {
    appCode: 'Code Ihrer Authenticator-App',
    enrolmentCode: 'Einmalcode für einen neuen zweiten Schritt',
    secret:
      'Geben Sie dieses Geheimnis in Ihre Authenticator-App ein und tippen Sie dann den Code, den die App zeigt.',
    app: 'In einer App auf diesem Gerät öffnen',
    goOn: 'Weiter',
    wrong: 'Dieser Code ist nicht richtig.',
    in: 'Mit beiden Schritten angemeldet.',
    enrolled: 'Angemeldet. Ihr neuer zweiter Schritt ist eingerichtet.',
    offer: 'Zweiten Schritt einrichten',
  },
  answers: {
    ok: 'Angemeldet. Das ist das aktuelle Passwort.',
    wrong: 'Anmeldename und Passwort passen nicht zusammen.',
    locked: 'Dieses Konto ist nach zu vielen falschen Passwörtern gesperrt.',
    disabled: 'Dieses Konto ist deaktiviert.',
  },
}

/** The first language of the browser that there is; English for every other. `accepted`: its Accept-Language. */
export function identityWords(accepted: string | undefined): IdentityWords {
  const wanted = (accepted ?? '').split(',').map((tag) => tag.trim().slice(0, 2).toLowerCase())
  return wanted.find((tag) => tag === 'de' || tag === 'en') === 'de' ? de : en
}

/** The portal's words of purposes beside the new password, as they are read on the page. */
export const purposeWords = {
  en: {
    removeHeading: 'Remove your second sign-in step',
    remove: 'Remove it now',
    removed: 'Your second sign-in step has been removed',
    showCode: 'Show the code',
    wasShown: /^The code was shown here once\./,
    unlocked: 'Your account is unlocked',
    confirmed: 'Thank you. The help desk can go on',
    locked: 'My account is locked',
    who: 'Your login or work e-mail address',
    goOn: 'Continue',
    asked: 'Look at your messages',
  },
  de: {
    removeHeading: 'Entfernen Sie Ihren zweiten Anmeldeschritt',
    remove: 'Jetzt entfernen',
    removed: 'Ihr zweiter Anmeldeschritt wurde entfernt',
    showCode: 'Code anzeigen',
    wasShown: /^Der Code wurde hier einmal gezeigt\./,
    unlocked: 'Ihr Konto ist entsperrt',
    confirmed: 'Danke. Der Helpdesk kann weitermachen',
    locked: 'Mein Konto ist gesperrt',
    who: 'Ihr Anmeldename oder Ihre dienstliche E-Mail-Adresse',
    goOn: 'Weiter',
    asked: 'Sehen Sie in Ihre Nachrichten',
  },
} as const

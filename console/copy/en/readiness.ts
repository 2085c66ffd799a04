/** The page of readiness. */
export const enReadiness = {
  title: 'Readiness',
  link: 'Readiness: see who has no strong way to prove who they are',
  story:
    'A strong way is a passkey that counts, a printed recovery sheet, a sign-in at your provider, or two independent contacts: a phone and a mailbox, or two mailboxes of which one is private. Contacts that changed lately do not count. Whether a case asks for one of these is for your policy to say.',
  headline: (none: number, people: number) =>
    none === 0
      ? `All ${people} people have a strong way`
      : `${none} of ${people} people have no strong way yet`,
  table: 'People by department',
  department: 'Department',
  noDepartment: 'No department',
  people: 'People',
  ways: {
    passkey: 'Passkey',
    waiting: 'Passkey that does not count yet',
    sheet: 'Recovery sheet',
    signIn: 'Sign-in at the provider',
    contacts: 'Two independent contacts',
  },
  none: 'Nothing strong',
  list: (none: number, department: string) => `List the ${none} people of ${department} with nothing strong`,
  show: { none: 'List everybody with nothing strong', passkey: 'List everybody without a passkey' },
  titles: {
    none: (department: string | null) =>
      department === null ? 'People with nothing strong' : `${department}: people with nothing strong`,
    passkey: (department: string | null) =>
      department === null ? 'People without a passkey' : `${department}: people without a passkey`,
  },
  has: (ways: string) => `Has: ${ways}`,
  nobody: 'Nobody. Everybody here has a strong way.',
  more: 'Show more people',
  close: 'Close the list',
  invite: {
    choose: (name: string) => `Invite ${name}`,
    action: (count: number) => (count === 1 ? 'Invite 1 person' : `Invite ${count} people`),
    hint: 'They get an e-mail with the address above at their work mailbox, once in 7 days.',
    tooMany: (most: number) => `Choose ${most} people at most.`,
    done: (invited: number, not: number) =>
      not === 0
        ? `${invited} invited.`
        : `${invited} invited. ${not} not invited: they have a passkey, were invited within 7 days, have no e-mail address on file, or may not set one up.`,
  },
  address: {
    title: 'Where people set up a passkey',
    story:
      'Give people this address in your intranet or by e-mail. They sign in with their work account and a second step, and set up a passkey. The address holds no secret, so a forwarded mail gives nothing away.',
    off: 'People cannot set up a passkey in advance now. An admin turns it on under Policy, Sign-in at your provider. It is closed while the threat is elevated.',
  },
}

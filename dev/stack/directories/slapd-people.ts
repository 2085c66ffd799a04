import { suffix } from './slapd-configuration.ts'

/** One person of a seed. */
export type SeedPerson = {
  readonly login: string
  readonly given: string
  readonly family: string
  readonly manager?: string
  readonly phone?: string
  /** Generalised time of the entry's last change; now, unless it is loaded with one. */
  readonly changedAt?: string
}

const ssha = (hash: string): string => `userPassword: ${hash}`

/** The DN of a seeded person. */
export const personDn = (login: string): string => `uid=${login},ou=people,${suffix}`

/** One person's entry. `hash`: as slappasswd makes it, since the log and the history keep what was loaded. */
export const personEntry = (
  { login, given, family, manager, phone, changedAt }: SeedPerson,
  hash: string | null,
): string =>
  [
    `dn: ${personDn(login)}`,
    'objectClass: inetOrgPerson',
    `uid: ${login}`,
    `cn: ${given} ${family}`,
    `givenName: ${given}`,
    `sn: ${family}`,
    `mail: ${login}@corp.example`,
    'title: Engineer',
    'departmentNumber: Platform',
    'l: Leeds',
    'preferredLanguage: en',
    ...(manager === undefined ? [] : [`manager: ${personDn(manager)}`]),
    ...(phone === undefined ? [] : [`mobile: ${phone}`]),
    ...(changedAt === undefined ? [] : [`modifyTimestamp: ${changedAt}`]),
    ...(hash === null ? [] : [ssha(hash)]),
    '',
    '',
  ].join('\n')

/** The tree: units, password policy, service account. */
export const treeLdif = (serviceHash: string): string =>
  [
    `dn: ${suffix}\nobjectClass: dcObject\nobjectClass: organization\ndc: corp\no: Corp`,
    ...['people', 'policies', 'groups'].map(
      (ou) => `dn: ou=${ou},${suffix}\nobjectClass: organizationalUnit\nou: ${ou}`,
    ),
    [
      `dn: cn=default,ou=policies,${suffix}`,
      'objectClass: person',
      'objectClass: pwdPolicy',
      'cn: default',
      'sn: default',
      'pwdAttribute: userPassword',
      'pwdMinLength: 8',
      'pwdCheckQuality: 2',
      'pwdInHistory: 3',
      'pwdLockout: TRUE',
      'pwdMaxFailure: 5',
      'pwdLockoutDuration: 600',
      'pwdMustChange: TRUE',
    ].join('\n'),
    `dn: cn=svc-reset,${suffix}\nobjectClass: person\ncn: svc-reset\nsn: svc-reset\nuserPassword: ${serviceHash}`,
    '',
  ].join('\n\n')

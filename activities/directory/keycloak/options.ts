import { z } from 'zod'
import { secretFile } from '../options.ts'
import { httpsAddress, restFields } from '../rest/options.ts'

const word = z.string().regex(/^[\w.-]{1,100}$/, 'must be letters, digits, dots, dashes and underscores')
const groupPath = z
  .string()
  .regex(/^(\/[^/]{1,200})+$/, 'must be the path of a group, such as /staff/payroll')

/** Which attributes of a person hold what; Keycloak itself has names for names and addresses alone. */
const attributes = z.strictObject({
  mobile: word.default('mobile'),
  phone: word.default('phoneNumber'),
  title: word.default('title'),
  department: word.default('department'),
  office: word.default('office'),
  country: word.default('country'),
  language: word.default('locale'),
  /** Holds the manager's username. */
  manager: word.default('manager'),
})

/** A realm of a Keycloak. */
export const keycloakOptions = z.strictObject({
  kind: z.literal('keycloak'),
  ...restFields,
  url: httpsAddress,
  realm: word.refine(
    (realm) => realm !== 'master',
    'must not be master, whose people are administrators of all realms',
  ),
  /** A confidential client with a service account (N1); its secret is in a private file. */
  clientId: z.string().min(1).max(200),
  clientSecretFile: secretFile,
  attributes: attributes.default(attributes.parse({})),
  /** Only who has this attribute with this value is a person; absent: everybody but service accounts. */
  people: z.strictObject({ attribute: word, value: word }).optional(),
  /** Realm roles, and groups with all below them, whose people are privileged beside the administrators (D1). */
  privilegedRoles: z.array(z.string().min(1).max(200)).max(100).default([]),
  privilegedGroups: z.array(groupPath).max(100).default([]),
  /** A group whose members the realm's flows let in nowhere; absent: no lock under a report is offered. */
  lockGroup: groupPath.optional(),
  /** A person whose factors were reset must do these actions at the next sign-in. */
  enrolment: z.array(word).min(1).max(5).default(['CONFIGURE_TOTP']),
})
export type KeycloakOptions = z.output<typeof keycloakOptions>

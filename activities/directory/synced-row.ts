import type { SyncedPerson } from '#services/people/synced-people.ts'
import type { DirectoryPerson } from './port.ts'

/** Letters that nobody sees, or that turn others round: a name with them reads as another's (K6). */
const unseen = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu
const longest = 300

/** A text as screens show it. */
const shown = (text: string): string => text.normalize('NFC').replace(unseen, '').slice(0, longest).trim()

const shownOrNull = (text: string | null): string | null => {
  const clean = text === null ? '' : shown(text)
  return clean === '' ? null : clean
}

/** The row of a person. Ids, handles and logins stay as the directory has them: they are compared, not shown alone. */
export const syncedRowOf = (person: DirectoryPerson): SyncedPerson => ({
  directory_id: person.directoryId,
  directory_handle: person.handle,
  login: shown(person.login),
  work_email: shownOrNull(person.workEmail),
  display_name: shown(person.displayName),
  given_name: shown(person.givenName),
  family_name: shown(person.familyName),
  title: shownOrNull(person.title),
  department: shownOrNull(person.department),
  office: shownOrNull(person.office),
  country: person.country,
  language: shownOrNull(person.language),
  manager_handle: person.managerHandle,
  account_state: person.state,
  password_changed_at: person.passwordChangedAt,
})

import type { Exposure, QuestionFamily, QuestionSource } from './plan.ts'

/** All sources, in the order in which people look for them. */
export const questionSources = [
  'directory',
  'hr',
  'groups',
  'calendar',
  'sign_ins',
  'inventory',
  'tickets',
] as const satisfies readonly QuestionSource[]

/** Where a family's fact comes from, and how easily a stranger finds it. Every instance says the same (a test holds both). */
export type FamilyOrigin = { readonly source: QuestionSource; readonly exposure: Exposure }

/** Source and exposure of each family. */
export const familyOrigins: Readonly<Record<QuestionFamily, FamilyOrigin>> = {
  manager: { source: 'directory', exposure: 'public' },
  team_mate: { source: 'directory', exposure: 'public' },
  office: { source: 'directory', exposure: 'public' },
  start_month: { source: 'hr', exposure: 'public' },
  group: { source: 'groups', exposure: 'internal' },
  sign_in_change: { source: 'sign_ins', exposure: 'internal' },
  free_weekday: { source: 'calendar', exposure: 'internal' },
  meeting_slot: { source: 'calendar', exposure: 'private' },
  meeting_organiser: { source: 'calendar', exposure: 'private' },
  device_model: { source: 'inventory', exposure: 'internal' },
  ticket_category: { source: 'tickets', exposure: 'private' },
  asset_tag: { source: 'inventory', exposure: 'private' },
}

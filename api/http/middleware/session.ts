import { pickLanguage } from '#domain/languages.ts'
import { readStaffSession } from '#services/staff/sessions.ts'
import { readPortalSession } from '#services/verifications/portal-sessions.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { consoleCookie, portalCookie, readCookie } from '../cookies.ts'
import type { ApiDeps } from '../../deps.ts'
import type { Step } from '../state.ts'
import { csrfTokenOf } from './csrf.ts'
import { holdsHere } from './moved-session.ts'

/** Finds the member of staff behind the console's cookie, if there is one. Only the hash reaches the database. */
export const consoleSession =
  (deps: Pick<ApiDeps, 'db' | 'keys' | 'factTools'>): Step =>
  async (ctx, next) => {
    const token = readCookie(ctx.headers.cookie, consoleCookie)
    const row = token === null ? null : await readStaffSession(deps.db, deps.keys, tokenHash(token))
    if (token !== null && row !== null && (await holdsHere(deps, ctx, row)))
      ctx.state.staff = { ...row, csrfToken: csrfTokenOf(token) }
    await next()
  }

/** Finds the participant behind the portal's cookie, if there is one. */
export const portalSession =
  ({ db, keys }: Pick<ApiDeps, 'db' | 'keys'>): Step =>
  async (ctx, next) => {
    const token = readCookie(ctx.headers.cookie, portalCookie)
    const row = token === null ? null : await readPortalSession(db, keys, tokenHash(token))
    if (row !== null) ctx.state.participant = { ...row, language: pickLanguage([row.language]) }
    await next()
  }

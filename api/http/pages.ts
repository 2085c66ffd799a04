import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PagePolicy } from './middleware/security-headers.ts'
import type { Step } from './state.ts'
import { readStaticFiles } from './static-files.ts'

/** The one Trusted Types policy of both apps (platform/ui/trusted-types.ts). */
const trustedTypes = ['countersign']

const Hash = z.string().regex(/^sha(256|384|512)-[A-Za-z0-9+/=]+$/)
const BuiltPolicy = z.strictObject({ script: z.array(Hash), style: z.array(Hash) })

/** The console's pages inline nothing. */
export const consolePagePolicy: PagePolicy = { scriptHashes: [], styleHashes: [], trustedTypes }

/** The hashes of the portal's own inlined blocks, as its build wrote them (F9). */
export const portalPagePolicy = (staticDir: string): PagePolicy => {
  const path = join(staticDir, 'portal/csp.json')
  if (!existsSync(path)) return consolePagePolicy
  const { script, style } = BuiltPolicy.parse(JSON.parse(readFileSync(path, 'utf8')))
  return { scriptHashes: script, styleHashes: style, trustedTypes }
}

const isPageRequest = (method: string): boolean => method === 'GET' || method === 'HEAD'

/** Serves an app: its files by name, and its one page for the paths that are pages. */
const servePages = (folder: string, isPage: (path: string) => boolean, name: string): Step => {
  const files = readStaticFiles(folder)
  return async (ctx, next) => {
    const path = isPage(ctx.path) ? '/index.html' : ctx.path
    if (!isPageRequest(ctx.method) || !files.has(path)) {
      await next()
      return
    }
    ctx.state.routeName = name
    files.send(ctx, path)
  }
}

/** Neither a file nor any path of the API: an address that a person may have typed or followed. */
const isScreen = (path: string): boolean =>
  !path.includes('.') && !/^\/(api|auth|hooks|assets)(\/|$)/.test(path)

/** The console: every such path is a screen of the app. */
export const consolePages = (staticDir: string): Step =>
  servePages(join(staticDir, 'console'), isScreen, 'console.page')

/** A link that was cut off or mistyped, followed in a browser; scripts and scanners that ask for anything get the 404. */
const isMislaid = (method: string, path: string, preferred: string | false): boolean =>
  isPageRequest(method) && preferred === 'html' && isScreen(path)

/** The front door of an organisation, by its short name (the column `slug` of tenants). */
const isDoor = (path: string): boolean => /^\/[a-z][a-z0-9-]{1,30}$/.test(path)

/** The portal: few addresses, one page, inert (C5). Its first address is for people who have no link. */
export const portalPages = (staticDir: string): Step => {
  const folder = join(staticDir, 'portal')
  const serve = servePages(
    folder,
    (path) => ['/', '/v', '/not-me', '/approve', '/help', '/enrol'].includes(path),
    'portal.page',
  )
  const serveDoor = servePages(folder, isDoor, 'portal.page')
  return (ctx, next) =>
    serve(ctx, async () => {
      if (!isMislaid(ctx.method, ctx.path, ctx.accepts('json', 'html'))) await next()
      else if (isDoor(ctx.path)) await serveDoor(ctx, next)
      else ctx.redirect('/')
    })
}

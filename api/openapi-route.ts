import { Router } from '@koa/router'
import { openApiOf, type DocumentSurface } from './contract/openapi.ts'
import { asMiddleware } from './state.ts'

/** `/openapi.json` of a surface; built when first asked for. */
export const openApiRouter = (surface: DocumentSurface): Router => {
  let text: string | undefined
  const router = new Router()
  router.get(
    '/openapi.json',
    asMiddleware(async (ctx) => {
      ctx.state.routeName = `${surface}.openapi`
      text ??= JSON.stringify(openApiOf(surface))
      ctx.set('Content-Type', 'application/json; charset=utf-8')
      ctx.body = text
    }),
  )
  return router
}

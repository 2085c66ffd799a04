import { Router } from '@koa/router'
import { openApiOf, type DocumentSurface } from '../contract/openapi.ts'
import { asMiddleware } from './state.ts'

/** The OpenAPI document of a surface; built when first asked for. */
export const openApiRouter = (surface: DocumentSurface, path = '/openapi.json'): Router => {
  let text: string | undefined
  const router = new Router()
  router.get(
    path,
    asMiddleware(async (ctx) => {
      ctx.state.routeName = `${surface}.openapi`
      text ??= JSON.stringify(openApiOf(surface))
      ctx.set('Content-Type', 'application/json; charset=utf-8')
      ctx.body = text
    }),
  )
  return router
}

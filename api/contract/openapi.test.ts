import { describe, expect, it } from 'vitest'
import { documentSurfaces, openApiOf } from './openapi.ts'
import { routes } from './routes.ts'

describe('OpenAPI', () => {
  it('describes every route once, and no surface describes another’s (Q6)', () => {
    const operations = documentSurfaces.flatMap((surface) =>
      Object.values(openApiOf(surface).paths ?? {}).flatMap((path) =>
        Object.values(path as object).map((operation: { operationId: string }) => operation.operationId),
      ),
    )
    expect([...operations].sort()).toEqual(Object.keys(routes).sort())
    expect(JSON.stringify(openApiOf('portal'))).not.toContain('/api/console')
    expect(JSON.stringify(openApiOf('integration'))).not.toMatch(/\/api\/(?:console|portal|public)/)
  })
})

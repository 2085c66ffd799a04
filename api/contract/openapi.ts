import type { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { Problem } from './problem.ts'
import type { Route } from './route.ts'
import { routes, type RouteName } from './routes.ts'
import { schemas, type RouteSchemas } from './schemas.ts'

/** One document describes the routes of one of these readers and no others. */
export const documentSurfaces = ['console', 'portal', 'integration'] as const

/** One of them. */
export type DocumentSurface = (typeof documentSurfaces)[number]

const belongs = (route: Route, surface: DocumentSurface): boolean =>
  route.surface === surface || (surface === 'portal' && route.surface === 'public')

const mediaTypes = { csv: 'text/csv', events: 'text/event-stream' } as const

const success = (route: Route, output: z.ZodType | undefined): ZodOpenApiOperationObject['responses'] => {
  if (route.answer === 'empty') return { '204': { description: 'Done.' } }
  if (route.answer !== undefined)
    return {
      '200': {
        description: 'A stream.',
        content: { [mediaTypes[route.answer]]: { schema: { type: 'string' } } },
      },
    }
  const content = output === undefined ? {} : { content: { 'application/json': { schema: output } } }
  const done = { description: 'Done.', ...content }
  return {
    [String(route.status ?? 200)]: done,
    ...(route.key === true ? { '202': { description: 'Accepted, not recorded yet.', ...content } } : {}),
  }
}

const keyHeader = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', minLength: 8, maxLength: 128 },
} as const

/** Rows, in one of two forms; columns are those of the kind. */
const fileBody = {
  required: true,
  content: {
    'text/csv': { schema: { type: 'string' } },
    'application/json': { schema: { type: 'array', items: { type: 'object' } } },
  },
} as const

const securityOf = ({ surface }: Route): Record<string, string[]>[] => {
  if (surface === 'public') return []
  return [{ [surface === 'integration' ? 'apiKey' : `${surface}Session`]: [] }]
}

const operation = (name: RouteName, route: Route): ZodOpenApiOperationObject => {
  const { params, query, body, output }: RouteSchemas = schemas[name]
  return {
    operationId: name,
    security: securityOf(route),
    ...(route.permission === null ? {} : { description: `Needs the permission ${route.permission}.` }),
    ...(route.scope === undefined ? {} : { description: `Needs the scope ${route.scope}.` }),
    ...(route.key === true ? { parameters: [keyHeader] } : {}),
    ...(params === undefined && query === undefined
      ? {}
      : {
          requestParams: {
            ...(params === undefined ? {} : { path: params as z.ZodObject }),
            ...(query === undefined ? {} : { query: query as z.ZodObject }),
          },
        }),
    ...(route.body === 'file' ? { requestBody: fileBody } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      ...success(route, output),
      default: {
        description: 'A refusal or failure.',
        content: { 'application/problem+json': { schema: Problem } },
      },
    },
  }
}

const cookie = (name: string) => ({ type: 'apiKey', in: 'cookie', name }) as const

const schemes = {
  console: { consoleSession: cookie('__Host-countersign-console') },
  portal: { portalSession: cookie('__Host-countersign-portal') },
  integration: { apiKey: { type: 'http', scheme: 'bearer' } },
} as const

/** OpenAPI 3.1 of one surface, generated from the schemas that parse its requests. */
export const openApiOf = (surface: DocumentSurface) => {
  const paths: ZodOpenApiPathsObject = {}
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    if (!belongs(route, surface)) continue
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: `Countersign: ${surface}`,
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: schemes[surface],
    },
  })
}

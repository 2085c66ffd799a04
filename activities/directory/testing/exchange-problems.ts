/** Finds everything that an adapter and its fake sent each other and that the provider's own document does not know. */
import { operationOf, problemsOf, type Contract, type Operation } from '../../testing/openapi.ts'
import type { Exchange } from './fake-https.ts'

type Parameter = { readonly name?: string; readonly in?: string; readonly $ref?: string }
type Response = {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}
type Shared = {
  readonly parameters?: Readonly<Record<string, Parameter>>
  readonly responses?: Readonly<Record<string, Response>>
}

const lastOf = (ref: string): string => ref.split('/').at(-1) ?? ''

/** Lists what is wrong with one request and its answer. */
export const exchangeProblems = (contract: Contract, { request, answer }: Exchange): readonly string[] => {
  const { method, url, body } = request
  const at = `${method} ${url.pathname}`
  const found = operationOf(contract, method, url.pathname)
  if (found === undefined) return [`${at}: unknown`]
  const { operation } = found
  const known = questionsOf(contract, operation)
  const strange = [...url.searchParams.keys()].filter((name) => !known.has(name))
  const schema = operation.requestBody?.content['application/json']?.schema
  return [
    ...strange.map((name) => `${at}?${name}: unknown`),
    ...(body === undefined
      ? []
      : schema === undefined
        ? [`${at}: takes no body`]
        : problemsOf(contract, schema, body)),
    ...answerProblems(contract, operation, answer, at),
  ]
}

const questionsOf = (contract: Contract, { parameters = [] }: Operation): ReadonlySet<string> => {
  const shared = (contract.components as Shared).parameters
  return new Set(
    (parameters as readonly Parameter[])
      .map((one) => (one.$ref === undefined ? one : (shared?.[lastOf(one.$ref)] ?? {})))
      .flatMap(({ name, in: where }) => (where === 'query' && name !== undefined ? [name] : [])),
  )
}

const answerProblems = (
  contract: Contract,
  operation: Operation,
  { status, body }: Exchange['answer'],
  at: string,
): readonly string[] => {
  const named = operation.responses[String(status)] as Response | undefined
  const shared = (contract.components as Shared).responses
  const response = named?.$ref === undefined ? named : shared?.[lastOf(named.$ref)]
  if (response === undefined) return [`${at}: ${String(status)}: unknown`]
  const schema = response.content?.['application/json']?.schema
  return schema === undefined || body === undefined ? [] : problemsOf(contract, schema, body)
}

import type { z } from 'zod'
import type { schemas } from './schemas.ts'
import type { RouteName } from './routes.ts'

type Part<N extends RouteName, K extends 'params' | 'query' | 'body'> = (typeof schemas)[N] extends {
  readonly [key in K]: infer S extends z.ZodType
}
  ? z.input<S>
  : undefined

type Given<K extends string, T> = [T] extends [undefined] ? object : { readonly [key in K]: T }

/** A caller of a route passes this. */
export type CallInput<N extends RouteName> = Given<'params', Part<N, 'params'>> &
  Given<'query', Part<N, 'query'>> &
  Given<'body', Part<N, 'body'>>

/** A caller of a route gets this back. */
export type CallOutput<N extends RouteName> = (typeof schemas)[N] extends {
  readonly output: infer S extends z.ZodType
}
  ? z.output<S>
  : undefined

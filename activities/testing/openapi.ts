/** A small reader of providers' OpenAPI 3.0 documents: enough of JSON Schema to hold our adapters and doubles to them. */

/** The part of a schema that is looked at. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: boolean | Schema
}

type Media = Readonly<Record<string, { readonly schema: Schema }>>

/** One operation. */
export type Operation = {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Media }
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>
  readonly security?: readonly Readonly<Record<string, unknown>>[]
}

/** A document as far as it is read. */
export type Contract = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>> | undefined>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly securitySchemes?: Readonly<Record<string, { readonly type: string; readonly scheme?: string }>>
  }
}

const formats: Readonly<Record<string, RegExp>> = {
  'phone-number': /^\+[1-9]\d{6,14}$/,
  // No underscores in the host name, as the provider's text says.
  uri: /^https?:\/\/[A-Za-z0-9.-]+(:\d+)?(\/\S*)?$/,
  'date-time-rfc-2822': /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  currency: /^[A-Za-z]{3}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
}

const typeOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  if (Number.isInteger(value)) return 'integer'
  return value === null ? 'null' : typeof value
}

const isOfType = (value: unknown, type: string): boolean =>
  typeOf(value) === type || (type === 'number' && typeof value === 'number')

type Rule = readonly [name: string, isBroken: (schema: Schema, text: string) => boolean]

const stringRules: readonly Rule[] = [
  ['pattern', ({ pattern }, text) => pattern !== undefined && !new RegExp(pattern).test(text)],
  ['too short', ({ minLength = 0 }, text) => text.length < minLength],
  ['too long', ({ maxLength = Infinity }, text) => text.length > maxLength],
  ['format', ({ format = '' }, text) => formats[format]?.test(text) === false],
]

const stringProblems = (schema: Schema, text: string, at: string): readonly string[] =>
  stringRules.filter(([, isBroken]) => isBroken(schema, text)).map(([name]) => `${at}: ${name}`)

/**
 * Lists where a value is not as the document says: `field: why`. A field that the document does not know is one too.
 */
export const problemsOf = (
  contract: Contract,
  schema: Schema,
  value: unknown,
  at = '',
): readonly string[] => {
  if (schema.$ref !== undefined) {
    const found = contract.components.schemas[schema.$ref.replace('#/components/schemas/', '')]
    if (found === undefined) return [`${at}: ${schema.$ref} is not there`]
    return problemsOf(contract, found, value, at)
  }
  if (value === null && schema.nullable === true) return []
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives !== undefined) return leastProblems(contract, alternatives, value, at)
  const { allOf } = schema
  return plainProblems(
    contract,
    allOf === undefined ? schema : joined(contract, { ...schema, allOf }),
    value,
    at,
  )
}

const plainProblems = (contract: Contract, schema: Schema, value: unknown, at: string): readonly string[] => {
  const { type, enum: list } = schema
  if (type !== undefined && !isOfType(value, type)) return [`${at}: ${typeOf(value)}`]
  if (list?.includes(value) === false) return [`${at}: not one of the list`]
  return innerProblems(contract, schema, value, at)
}

/** The problems by the alternative that fits best; none where one fits. */
const leastProblems = (
  contract: Contract,
  alternatives: readonly Schema[],
  value: unknown,
  at: string,
): readonly string[] => {
  const found = alternatives.map((one) => problemsOf(contract, one, value, at))
  return found.reduce((least, one) => (one.length < least.length ? one : least))
}

/** All parts of a schema as one: their fields together, and every rule of each. */
const joined = (
  contract: Contract,
  { allOf, ...rest }: Schema & { readonly allOf: readonly Schema[] },
): Schema =>
  allOf.reduce<Schema>((whole, part) => {
    const named = part.$ref === undefined ? part : resolved(contract, part.$ref)
    const flat = named.allOf === undefined ? named : joined(contract, { ...named, allOf: named.allOf })
    return {
      ...whole,
      ...flat,
      properties: { ...whole.properties, ...flat.properties },
      required: [...(whole.required ?? []), ...(flat.required ?? [])],
    }
  }, rest)

const resolved = (contract: Contract, ref: string): Schema =>
  contract.components.schemas[ref.replace('#/components/schemas/', '')] ?? {}

const innerProblems = (contract: Contract, schema: Schema, value: unknown, at: string): readonly string[] => {
  return typeof value === 'string'
    ? stringProblems(schema, value, at)
    : partProblems(contract, schema, value, at)
}

const partProblems = (contract: Contract, schema: Schema, value: unknown, at: string): readonly string[] => {
  if (Array.isArray(value)) {
    const { items = {} } = schema
    return value.flatMap((one, index) => problemsOf(contract, items, one, `${at}[${String(index)}]`))
  }
  return typeof value === 'object' && value !== null ? objectProblems(contract, schema, value, at) : []
}

/** True if the document allows fields that it does not name. */
const isOpen = ({ additionalProperties = false }: Schema): boolean => additionalProperties !== false

const objectProblems = (contract: Contract, schema: Schema, value: object, at: string): readonly string[] => {
  const { properties, required = [] } = schema
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}/${name}: missing`)
  if (properties === undefined) return missing
  const wrong = Object.entries(value).flatMap(([name, one]) => {
    const found = properties[name]
    if (found === undefined && isOpen(schema)) return []
    return found === undefined
      ? [`${at}/${name}: unknown`]
      : problemsOf(contract, found, one, `${at}/${name}`)
  })
  return [...missing, ...wrong]
}

/** The operation of a path, with what its templated parts hold. Undefined: the document has no such path. */
export const operationOf = (
  contract: Contract,
  method: string,
  path: string,
): { readonly operation: Operation; readonly held: Readonly<Record<string, string>> } | undefined => {
  for (const [template, methods] of Object.entries(contract.paths)) {
    const pattern = template.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
    const match = new RegExp(`^${pattern}$`).exec(path)
    const operation = methods?.[method.toLowerCase()]
    if (match !== null && operation !== undefined) return { operation, held: { ...match.groups } }
  }
  return undefined
}

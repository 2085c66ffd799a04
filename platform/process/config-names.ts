import { distance } from 'fastest-levenshtein'
import { deploymentVariables, secretVariables, variables } from './config-variables.ts'
import type { ConfigProblem } from './config-rules.ts'

const known: readonly string[] = [
  ...Object.keys(variables),
  ...secretVariables.map((name) => `${name}_FILE`),
  ...deploymentVariables,
]

/** No other program's variables begin so in an environment of ours. */
const ownPrefix = /^(?:COUNTERSIGN|TWILIO|OIDC|SMTP|BOUNCE|CONSOLE|PORTAL)_/
/**
 * Kubernetes gives every process the addresses of every service, by the service's name: `CONSOLE_SERVICE_HOST`,
 * `PORTAL_PORT_443_TCP`.
 */
const ofServices = /_SERVICE_(?:HOST|PORT)(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP)(?:_(?:PROTO|PORT|ADDR))?$/
/** Names that resemble ours and belong to programs that run processes: the sender of cron's mails. */
const ofOthers: readonly string[] = ['MAILFROM']

/** Names this short resemble too much. */
const shortest = 6
/** From this length on two letters may be wrong. */
const long = 14

/** A name without what people confuse in one: case and underscores; and then without its plural. */
const formsOf = (name: string): readonly [string, string] => {
  const plain = name.toUpperCase().replaceAll('_', '')
  return [plain, plain.replace(/IES$/, 'Y').replace(/S$/, '')]
}

const lettersOf = (name: string): string => [...name].sort().join('')

/** True if a letter or two are wrong, or two of them changed places. */
const resembles = (given: string, ours: string): boolean => {
  const wrong = distance(given, ours)
  return wrong <= (ours.length < long ? 1 : 2) || (wrong === 2 && lettersOf(given) === lettersOf(ours))
}

const comparable = Object.keys(variables).flatMap((name) => {
  const [plain, singular] = formsOf(name)
  return plain.length < shortest ? [] : [{ name, plain, singular }]
})

/** The variable that a name most likely means. */
const meantBy = (name: string): string | undefined => {
  const [plain, singular] = formsOf(name)
  if (plain.length < shortest) return undefined
  return comparable.find((ours) => resembles(plain, ours.plain) || resembles(singular, ours.singular))?.name
}

/** The variable whose value the operator meant to give by a file although it is no secret. */
const filedBy = (name: string): string | undefined =>
  name.endsWith('_FILE') ? comparable.find((one) => `${one.name}_FILE` === name)?.name : undefined

const problemOf = (variable: string): ConfigProblem | undefined => {
  if (known.includes(variable) || ofOthers.includes(variable) || ofServices.test(variable)) return undefined
  const filed = filedBy(variable)
  if (filed !== undefined)
    return { variable, problem: `is not a variable of Countersign: ${filed} is given by its value` }
  const meant = meantBy(variable)
  if (meant !== undefined) return { variable, problem: `is not a variable of Countersign: ${meant} is` }
  return ownPrefix.test(variable) ? { variable, problem: 'is not a variable of Countersign' } : undefined
}

/** Names that look like variables of ours and are none: most likely a misspelling that would silently do nothing. */
export const unknownNames = (env: Readonly<Record<string, string | undefined>>): ConfigProblem[] =>
  Object.keys(env).flatMap((name) => problemOf(name) ?? [])

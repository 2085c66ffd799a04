import { variablesOf } from '../../process/config.ts'
import { meanings, secretVariables, variables, type VariableName } from '../../process/config-variables.ts'

const processes = Object.entries({ api: 'API', worker: 'worker', migrator: 'migration' } as const)

/** The default of a variable: a value, `optional`, or `required`. */
const defaultOf = (name: VariableName): string => {
  const { success, data } = variables[name].safeParse(undefined)
  if (!success) return 'required'
  const value = Array.isArray(data) ? data.join(',') : data
  return value === undefined || value === '' ? 'optional' : `\`${String(value)}\``
}

/** The table of all variables, from the schema that each process parses. */
export const configurationTable = (): string => {
  const rows = (Object.keys(variables) as VariableName[]).map((name) => {
    const readers = processes
      .filter(([kind]) => (variablesOf[kind as keyof typeof variablesOf] as readonly string[]).includes(name))
      .map(([, label]) => label)
    const isSecret = (secretVariables as readonly string[]).includes(name)
    return `| \`${name}\` | ${meanings[name]} | ${defaultOf(name)} | ${readers.join(', ')} | ${isSecret ? 'yes' : ''} |`
  })
  return [
    '| variable | meaning | default | process | secret |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

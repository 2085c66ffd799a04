/** `schedules`: what Temporal starts at an interval, as an operator looks at it, pauses it, and starts it now. */
import { schedulesFor } from '#domain/schedules.ts'
import { loadSchedulesConfig } from '#platform/process/config.ts'
import { StartError } from '#platform/process/start-error.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import {
  schedulesOver,
  type ScheduleSettings,
  type Schedules,
  type ScheduleState,
} from '#platform/temporal/temporal-schedules.ts'
import { connectTemporal } from '#platform/temporal/temporal.ts'
import { CommandError, UsageError, type Command } from './command.ts'

const usage = 'schedules list | sync | pause NAME [why] | resume NAME | run NAME'

const everything = schedulesFor({ hasDirectories: true })

const everyText = (seconds: number): string => {
  const [size, unit] =
    seconds % 86_400 === 0 ? [86_400, 'day'] : seconds % 3_600 === 0 ? [3_600, 'hour'] : [60, 'minute']
  return seconds === size ? `every ${unit}` : `every ${String(seconds / size)} ${unit}s`
}

const moment = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z')

const lineOf = ({ name, everySeconds, isPaused, note, last, nextAt }: ScheduleState): string =>
  [
    name,
    everyText(everySeconds),
    last === null ? 'no run yet' : `last run ${moment(last.at)} ${last.status}`,
    isPaused
      ? `paused${note === '' ? '' : ` (${note})`}`
      : nextAt === null
        ? 'no run is planned'
        : `next run ${moment(nextAt)}`,
  ].join('  ')

const list = async (schedules: Schedules): Promise<string> => {
  const states = await schedules.list()
  return states.length === 0
    ? 'There is no schedule yet: start a worker, or run `schedules sync`.'
    : states.map(lineOf).join('\n')
}

const sync = async (schedules: Schedules): Promise<string> => {
  const set = await schedules.bringUpToDate()
  return set.length === 0
    ? 'Every schedule is as this release wants it.'
    : set.map(({ name, what }) => `${name} was ${what}.`).join('\n')
}

/** The acts on one of them, each with the sentence that it ends with. */
const acts = {
  pause: async (schedules: Schedules, name: string, why: string) =>
    (await schedules.pause(name, why || 'from the shell')) &&
    `${name} is paused. It stays so, also when workers start anew, until \`schedules resume ${name}\`.`,
  resume: async (schedules: Schedules, name: string) =>
    (await schedules.resume(name, 'from the shell')) && `${name} runs again.`,
  run: async (schedules: Schedules, name: string) =>
    (await schedules.run(name)) &&
    `${name} runs now, unless a run was under way. \`schedules list\` tells how it went.`,
} as const

const act = async (
  verb: keyof typeof acts,
  schedules: Schedules,
  name: string,
  why: string,
): Promise<string> => {
  const said = await acts[verb](schedules, name, why)
  if (said === false) throw new CommandError(`There is no schedule ${name} yet: run \`schedules sync\`.`)
  return said
}

type ScheduleConfig = ReturnType<typeof loadSchedulesConfig>

/** Connects as the environment says. @throws CommandError where no server answers */
const withSchedules = async (
  { temporal, keyFile }: ScheduleConfig,
  settings: readonly ScheduleSettings[],
  work: (schedules: Schedules) => Promise<string>,
): Promise<string> => {
  const { codec: codecKeys } = loadKeys(keyFile, 'worker')
  const client = await connectTemporal({ ...temporal, codecKeys }).catch((error: unknown) => {
    throw error instanceof StartError ? new CommandError(error.message) : error
  })
  try {
    return await work(schedulesOver(client, temporal.taskQueuePrefix, settings))
  } finally {
    await client.connection.close()
  }
}

export const schedulesCommand: Command = {
  demoLogin: null,
  usage: `${usage}: what Temporal starts at an interval`,
  run: async (args, env) => {
    const [verb = '', name = '', ...why] = args
    const isAct = Object.hasOwn(acts, verb)
    if (!isAct && !((verb === 'list' || verb === 'sync') && args.length === 1))
      throw new UsageError(`Say it so: ${usage}`)
    if (isAct && !everything.some((one) => one.name === name))
      throw new UsageError(`Name one of ${everything.map((one) => one.name).join(', ')}.`)
    const config = loadSchedulesConfig(env)
    if (verb === 'sync') return withSchedules(config, schedulesFor(config), sync)
    return withSchedules(config, everything, (schedules) =>
      verb === 'list' ? list(schedules) : act(verb as keyof typeof acts, schedules, name, why.join(' ')),
    )
  },
}

/** Where `smoke` finds the stack and as whom it plays; defaults are those of `npm start`. */
import { z } from 'zod'
import type { Environment } from '#platform/process/config.ts'
import { demoPassword } from '../seeds/demo.ts'
import { CommandError } from '#cli/command.ts'

const Address = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text))

const Settings = z.object({
  CONSOLE_URL: Address.default(new URL('http://localhost:3700')),
  PORTAL_URL: Address.default(new URL('http://portal.localhost:3710')),
  INBOX_URL: Address.default(new URL('http://localhost:3730')),
  /** The demo identity provider's page on which an employee tries a password. */
  EMPLOYEE_URL: Address.default(new URL('http://127.0.0.1:3720/employee')),
  SMOKE_LOGIN: z.string().min(1).default('lab.mila.sorland'),
  SMOKE_SUPERVISOR: z.string().min(1).default('lab.greta.lindholm'),
  SMOKE_PASSWORD: z.string().min(1).default(demoPassword),
  /** Login of the person who is verified; another one each time by default. */
  SMOKE_PERSON: z.string().min(1).optional(),
  /** Distance of the ports from 3700, for a stack that was started with `PORT_BASE`. */
  PORT_BASE: z.coerce.number().int().min(1024).max(32_000).default(3700),
})

/** A run needs these settings. */
export type SmokeSettings = {
  readonly console: URL
  readonly portal: URL
  readonly inbox: URL
  readonly employee: URL
  readonly agent: string
  readonly supervisor: string
  readonly password: string
  readonly person: string | null
}

const atBase = (base: number, given: string | undefined, url: URL): URL => {
  if (given === undefined) url.port = String(Number(url.port) - 3700 + base)
  return url
}

/** Reads the settings. @throws CommandError naming the variable */
export const readSmokeSettings = (env: Environment): SmokeSettings => {
  const read = Settings.safeParse(env)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new CommandError(
      `${issue?.path.join('.') ?? 'The environment'} cannot be used: ${issue?.message ?? ''}.`,
    )
  }
  const { data } = read
  const url = (name: 'CONSOLE_URL' | 'PORTAL_URL' | 'INBOX_URL' | 'EMPLOYEE_URL'): URL =>
    atBase(data.PORT_BASE, env[name], new URL(data[name]))
  return {
    console: url('CONSOLE_URL'),
    portal: url('PORTAL_URL'),
    inbox: url('INBOX_URL'),
    employee: url('EMPLOYEE_URL'),
    agent: data.SMOKE_LOGIN,
    supervisor: data.SMOKE_SUPERVISOR,
    password: data.SMOKE_PASSWORD,
    person: data.SMOKE_PERSON ?? null,
  }
}

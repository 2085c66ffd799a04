/** `doctor mail`: whether mail servers can tell the mails of this installation from false ones (SPF, DKIM, DMARC). */
import { Resolver } from 'node:dns/promises'
import { domainToASCII } from 'node:url'
import { z } from 'zod'
import type { Environment } from '#platform/process/config.ts'
import { variables } from '#platform/process/config-variables.ts'
import { CommandError, UsageError, type Command } from '../command.ts'
import { findingsOf, type Finding, type MailSender, type ResolveTxt } from './mail-records.ts'
import { checked, optionsOf } from '../tenant.ts'

const usage = 'doctor mail [--from ADDRESS] [--selector NAME …]'

const options = { from: { type: 'string' }, selector: { type: 'string', multiple: true } } as const

const Options = z.strictObject({
  from: z.string().optional(),
  selector: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/i, '--selector: as your relay names it, such as s1'),
    )
    .default([]),
})

/** Names that only this machine or this network knows have no records. */
const publicName = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/

const domainOf = (from: string | undefined): string => {
  const parsed = variables.MAIL_FROM.safeParse(from)
  if (!parsed.success) throw new CommandError('Say from which address: set MAIL_FROM, or give --from.')
  const domain = domainToASCII(parsed.data.replace(/^.*@|>$/g, ''))
  if (!publicName.test(domain))
    throw new CommandError('The address of the sender has no domain that the DNS knows.')
  return domain
}

/** The host of the relay, where it has a public name. */
const relayOf = (url: string | undefined): string | null => {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname : ''
  return publicName.test(host) && !/^[\d.]+$/.test(host) ? host : null
}

const senderOf = (args: readonly string[], env: Environment): MailSender => {
  const { from, selector } = checked(Options, optionsOf(args, options), usage)
  const bounces = variables.BOUNCE_DOMAIN.safeParse(env['BOUNCE_DOMAIN'])
  return {
    domain: domainOf(from ?? env['MAIL_FROM']),
    bounceDomain: bounces.success ? (bounces.data ?? null) : null,
    selectors: selector,
    relay: relayOf(env['SMTP_URL']),
  }
}

const linesOf = ({ record, name, state, said, publish }: Finding): readonly string[] => [
  `${record.padEnd(6)}${state.padEnd(9)}${name}: ${said}`,
  ...(publish === null ? [] : [`${' '.repeat(15)}Publish: ${publish}`]),
]

/** The command over a way to look names up. */
export const doctorOver = (resolve: ResolveTxt): Command => ({
  demoLogin: null,
  usage: `${usage}: the records that tell your mails from false ones`,
  run: async ([subject, ...args], env) => {
    if (subject !== 'mail') throw new UsageError(`Say it so: ${usage}`)
    const sender = senderOf(args, env)
    const findings = await findingsOf(resolve, sender).catch(() => {
      throw new CommandError('The DNS does not answer. Try again, or from another network.')
    })
    const report = [`Mails come from ${sender.domain}.`, ...findings.flatMap(linesOf)].join('\n')
    if (findings.some(({ state }) => state === 'missing')) throw new CommandError(report)
    return report
  },
})

const resolver = new Resolver({ timeout: 3_000, tries: 2 })

export const doctorCommand: Command = doctorOver((name) => resolver.resolveTxt(name))

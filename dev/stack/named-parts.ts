/** Looks at everything that the environment names before anything is built, fetched or started. */
import { loadConfig, variablesOf } from '#platform/process/config.ts'
import { type Environment, temporalNamespaceOf } from './engines.ts'
import {
  checkNamedClickHouse,
  checkNamedDatabase,
  checkNamedMail,
  checkNamedSignIn,
} from './named-engines.ts'
import type { Ports } from './ports.ts'
import { environmentFor } from './stack-environment.ts'
import type { Secrets } from './keys.ts'
import { checkNamedTemporal } from './engines/temporal.ts'

/**
 * Checks each part that the environment names; starts and changes nothing.
 * @throws one sentence for each part that cannot be used, all together
 */
export async function checkNamedParts(env: Environment): Promise<void> {
  const checks: Readonly<Record<string, (value: string) => Promise<void>>> = {
    DATABASE_URL: checkNamedDatabase,
    CLICKHOUSE_URL: checkNamedClickHouse,
    TEMPORAL_ADDRESS: (address) => checkNamedTemporal(address, temporalNamespaceOf(env)),
    SMTP_URL: checkNamedMail,
    OIDC_ISSUER: checkNamedSignIn,
  }
  const looked = await Promise.allSettled(
    Object.entries(checks).map(async ([name, check]) => {
      const value = env[name]
      if (value) await check(value)
    }),
  )
  const problems = looked.flatMap((result) =>
    result.status === 'rejected'
      ? [result.reason instanceof Error ? result.reason.message : String(result.reason)]
      : [],
  )
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/**
 * Reads the variables as the two processes will, with addresses in place of the parts that are not there yet.
 * @throws ConfigError naming every problem together, without any value
 */
export function refuseUnusableVariables(env: Environment, ports: Ports, secrets: Secrets): void {
  const planned = {
    ...{
      env,
      ports,
      secrets,
      root: '.',
      networkData: '.',
      logins: { api: 'postgres:', worker: 'postgres:' },
    },
    keyFiles: { api: 'api', worker: 'worker' },
    engines: {
      temporalAddress: env['TEMPORAL_ADDRESS'] || `127.0.0.1:${String(ports.temporal)}`,
      temporalNamespace: temporalNamespaceOf(env),
      temporalUi: undefined,
      clickhouseUrl: env['CLICKHOUSE_URL'] || `http://127.0.0.1:${String(ports.clickhouse)}`,
    },
  }
  for (const kind of ['api', 'worker'] as const) {
    const values = environmentFor(kind, planned)
    loadConfig(kind, Object.fromEntries(variablesOf[kind].map((name) => [name, values[name]])))
  }
}

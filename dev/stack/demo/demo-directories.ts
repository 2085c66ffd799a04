/**
 * Real directories that the demo stack can start and put under its organisation `lab`: `start.ts --directory <kind>`. One line
 * for each kind, loaded only when it is wanted.
 */
import type { DemoDirectory, DemoDirectoryModule, DemoDirectoryOptions } from './demo-directory.ts'
import type { Environment } from '../engines.ts'

export const demoDirectories = {
  active_directory: (): Promise<DemoDirectoryModule> => import('../directories/demo-samba.ts'),
  keycloak: (): Promise<DemoDirectoryModule> => import('../directories/demo-keycloak.ts'),
} as const

/** A kind that can be started. */
export type DemoDirectoryKind = keyof typeof demoDirectories

/** Which directory a command line asks for. @throws when there is none of that name */
export function directoryOf(args: readonly string[]): DemoDirectoryKind | undefined {
  const at = args.indexOf('--directory')
  if (at === -1) return undefined
  const wanted = args[at + 1] ?? ''
  const kind = (Object.keys(demoDirectories) as DemoDirectoryKind[]).find((one) => one === wanted)
  if (kind === undefined)
    throw new Error(`--directory takes one of: ${Object.keys(demoDirectories).join(', ')}.`)
  return kind
}

/**
 * Starts the directory that is wanted, where one is.
 * @throws one sentence when the environment names directories of its own, or this one cannot start
 */
export async function openDemoDirectory({
  directory,
  env,
  onStop,
  ...options
}: DemoDirectoryOptions & {
  readonly directory?: DemoDirectoryKind | undefined
  readonly env: Environment
  readonly onStop: (stop: () => Promise<void>) => void
}): Promise<Pick<DemoDirectory, 'directoryEnv' | 'lines'>> {
  if (directory === undefined) return { directoryEnv: {}, lines: [] }
  if (env['DIRECTORIES'])
    throw new Error('DIRECTORIES names directories already: leave it out, or use npm start.')
  const kind = await demoDirectories[directory]()
  const started = await kind.start(options)
  onStop(() => started.stop())
  return started
}

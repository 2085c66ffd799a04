/** `data`: state, refresh and rollback of the network data, and the filter of breached passwords, without a running process. */
import { loadDataConfig, type Environment } from '#platform/process/config.ts'
import { reportOf, type DataReport } from '#platform/network-data/data-report.ts'
import { openNetworkData } from '#platform/network-data/open.ts'
import { refresh, rollback } from '#platform/network-data/refresh/refresh.ts'
import {
  readSourceArgument,
  readSourceFile,
  sourceKinds,
  type Source,
} from '#platform/network-data/refresh/sources.ts'
import { CommandError } from './command.ts'
import { barOn, makeFilter } from './data-passwords.ts'

const usage =
  'Say what to do: data status, data refresh [kind=path or https address …] [--again], data rollback, or data passwords FILE. ' +
  `Kinds: ${sourceKinds.join(', ')}`

/** Runs one of the four. @throws CommandError with one sentence; nothing is changed then */
export const data = async (args: readonly string[], env: Environment): Promise<string> => {
  const [what = '', ...rest] = args
  const act = actOf(what, rest)
  if (act === null) throw new CommandError(usage)
  try {
    return await act(loadDataConfig(env))
  } catch (error) {
    throw new CommandError(
      `Nothing was changed: ${error instanceof Error ? error.message : 'the data cannot be read'}.`,
    )
  }
}

type Act = (config: ReturnType<typeof loadDataConfig>) => string | Promise<string>

const actOf = (what: string, rest: readonly string[]): Act | null => {
  const [first = ''] = rest
  if (what === 'status' && rest.length === 0) return ({ dataDir }) => statusText(look(dataDir))
  if (what === 'rollback' && rest.length === 0) return ({ dataDir }) => rollback(dataDir)
  if (what === 'passwords' && rest.length === 1)
    return ({ dataDir }) => makeFilter(first, dataDir, barOn(process.stderr))
  if (what !== 'refresh') return null
  return async ({ dataDir, dataSources }) => {
    const named = rest.filter((arg) => arg !== '--again')
    const options = { again: rest.includes('--again') }
    return (await refresh(dataDir, sourcesOf(named, dataSources), options)).sentence
  }
}

const sourcesOf = (named: readonly string[], file: string | undefined): readonly Source[] => {
  if (named.length > 0) return named.map(readSourceArgument)
  if (file === undefined)
    throw new Error('name a source (tor=/path/tor-2026-11-20.txt), or set DATA_SOURCES to a file of sources')
  return readSourceFile(file).sources
}

const look = (dir: string): DataReport => {
  const now = Date.now()
  try {
    return reportOf(dir, openNetworkData(dir), null, now)
  } catch (error) {
    return reportOf(dir, null, error instanceof Error ? error.message : 'the data cannot be read', now)
  }
}

const statusText = ({
  status,
  edition,
  previous,
  files,
  problems,
  refused,
  lastRefresh,
}: DataReport): string =>
  [
    `Network data: ${status}, edition ${edition ?? 'none'}${previous === null ? '' : `, before it ${previous}`}`,
    ...files.map(
      ({ name, asOf, ageDays, rows, state, licence }) =>
        `  ${name}: of ${asOf} (${String(ageDays)} days), ${state}, ${String(rows)} rows, ${licence}`,
    ),
    ...problems.map((problem) => `  left out: ${problem}`),
    ...(refused === null ? [] : [`  refused: ${refused}`]),
    ...(lastRefresh === null ? [] : [`  last refresh ${lastRefresh.at}: ${lastRefresh.sentence}`]),
  ].join('\n')

/** `init`: what docker-compose.yml needs on disk before its first start, and what is missing of it. */
import { CommandError, type Command } from './command.ts'
import { missingInInstall, writeInstallFiles } from './install-files.ts'

const listed = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

/** Writes a first `.env`, passwords and keys; `check` writes nothing and fails where something is missing. */
export const initCommand: Command = {
  demoLogin: null,
  usage:
    'init [folder] | init check [folder]: writes a first .env, passwords and keys for docker-compose.yml; never over others',
  run: (args, env) => {
    const isCheck = args[0] === 'check'
    const [folder = '.', ...rest] = isCheck ? args.slice(1) : args
    if (rest.length > 0) throw new CommandError('Say one folder: init [folder], or init check [folder]')
    const written = isCheck ? [] : writeInstallFiles(folder, env)
    const missing = missingInInstall(folder, env)
    if (isCheck && missing.length > 0)
      throw new CommandError(`The containers cannot start:\n${listed(missing)}`)
    if (isCheck) return Promise.resolve('Everything that the containers need is there.')
    const first = written.length === 0 ? 'Everything was there.' : `Written:\n${listed(written)}`
    const next = missing.length === 0 ? 'Start with: npm run up' : `Still to do:\n${listed(missing)}`
    const advice =
      'Keep a copy of the keys apart from the backups of the database: without them a backup cannot be read.'
    return Promise.resolve([first, next, advice].join('\n'))
  },
}

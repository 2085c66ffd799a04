/** `keys`: makes the key files of an install, and exchanges their keys without a gap (docs/runbook.md). */
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { addKeys, useNewestKeys } from '#platform/crypto/key-rotation.ts'
import { CommandError, type Command } from './command.ts'

/** Each half of a rotation, and what the operator does next. */
const halves: Readonly<Record<string, { readonly does: (folder: string) => void; readonly next: string }>> = {
  add: {
    does: addKeys,
    next: 'New keys are in both files and only read so far. Give the files to every API and worker, restart all of them, then run: keys use',
  },
  use: {
    does: useNewestKeys,
    next: 'The newest keys write from now on. Give the files to every API and worker and restart them, in any order. Keep the old keys in the files: they still open what they sealed.',
  },
}

/** The command. */
export const keysCommand: Command = {
  demoLogin: null,
  usage:
    'keys <folder>: makes the key files of API and worker there, unless they exist; keys add <folder>, then keys use <folder>: exchanges the keys',
  run: async (args) => {
    const half = args.length > 1 ? halves[args[0] ?? ''] : undefined
    const folder = args.at(-1)
    if (folder === undefined || (args.length > 1 && half === undefined) || args.length > 2)
      throw new CommandError('Say where: keys <folder>, keys add <folder> or keys use <folder>')
    if (half === undefined) {
      const { api, worker } = createKeyFiles(folder)
      return `Key files: ${api} (API) and ${worker} (worker). Keep copies apart from the backups of the database.`
    }
    half.does(folder)
    return half.next
  },
}

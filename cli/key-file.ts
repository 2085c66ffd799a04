import type { Environment } from '#platform/process/config.ts'
import { loadKeys, type KeyRing } from '#platform/crypto/keys.ts'
import { CommandError } from './command.ts'

/** The keys of the API, for commands that seal, open or mark as it does. @throws CommandError where no file is named */
export const keysOfApi = ({ KEY_FILE }: Environment): KeyRing => {
  if (!KEY_FILE) throw new CommandError('KEY_FILE is missing: name the key file of the API.')
  return loadKeys(KEY_FILE, 'api')
}

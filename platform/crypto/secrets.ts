import { readFileSync, statSync } from 'node:fs'

/** Fewest characters a shared secret may have in production (M5: 32 bytes). */
export const shortestSecret = 32

/** Words that the secrets of examples and of the development stack contain. */
const giveaway = /development|example|change.?me|secret|password|default|insecure|placeholder|xxxx/i

/** The reason a secret cannot be read. It names the variable or the file, never what is in it. */
export class SecretError extends Error {
  override readonly name = 'SecretError'
}

/**
 * Says why a secret is not fit for production, or `undefined` when it is.
 * The sentence never repeats any part of the secret.
 */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < shortestSecret) return `is shorter than ${shortestSecret} characters`
  if (giveaway.test(secret)) return 'looks like a secret from an example or from the development stack'
  if (new Set(secret).size < 8) return 'repeats too few different characters'
  return undefined
}

/**
 * Reads a file that holds a secret and returns its content.
 * @throws SecretError when it is missing, no file, empty, or open to every user of the machine (M5).
 */
export function readPrivateFile(path: string): Buffer {
  try {
    const found = statSync(path)
    if (!found.isFile()) throw new SecretError('names something that is not a file')
    // On Windows the mode says nothing about who may read.
    if (process.platform !== 'win32' && (found.mode & 0o007) !== 0)
      throw new SecretError('names a file that every user can open; make it private with: chmod o-rwx')
    const content = readFileSync(path)
    if (content.length === 0) throw new SecretError('names an empty file')
    return content
  } catch (error) {
    if (error instanceof SecretError) throw error
    throw new SecretError('names a file that does not exist or cannot be read', { cause: error })
  }
}

/**
 * A secret given as `NAME` or, for secret stores that mount files, as the path in `NAME_FILE`.
 * One line break at the end of a file is dropped; an empty value counts as not given.
 * @throws SecretError when both are given or the file is not usable.
 */
export function readSecret(env: Readonly<Record<string, string | undefined>>, name: string) {
  const value = env[name] || undefined
  const file = env[`${name}_FILE`] || undefined
  if (value !== undefined && file !== undefined)
    throw new SecretError(`is given twice: as ${name} and ${name}_FILE`)
  if (file === undefined) return value
  return readPrivateFile(file)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}

const own = 'https://own.invalid'
const longest = 500

/** `//` and `\` may be read as the beginning of another host, and a control character may be dropped by a reader. */
const misread = /\/\/|\\|[^\x20-\x7e\u0080-\uffff]/

/** Undoes percent-encoding until nothing is left to undo: a proxy or a page on the way may undo it once more than we do. */
const decoded = (path: string): string => {
  const plain = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return plain === path ? plain : decoded(plain)
}

const isOwnPath = (path: string): boolean => path.length <= longest && !misread.test(decoded(path))

/**
 * A path within the console to return to after signing in, or `/`. The path is judged after its dots are resolved, since
 * `/.//evil` becomes `//evil`, which names another host (K9).
 */
export const safeReturnTo = (given: string | null): string => {
  if (given === null || given.length > longest || !/^\/(?![/\\])[\x21-\x7e]*$/.test(given)) return '/'
  const { pathname, search } = new URL(given, own)
  const path = `${pathname}${search}`
  return isOwnPath(path) ? path : '/'
}

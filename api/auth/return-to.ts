/**
 * A path within the console to return to after signing in, or `/`. Everything that a browser might read as another
 * origin is refused (security.md K9: `//evil`, `/\evil`, `https:evil`, encoded backslashes, control characters).
 */
export const safeReturnTo = (given: string | null): string => {
  const isPath = given !== null && given.length <= 500 && /^\/(?![/\\])[\x21-\x7e]*$/.test(given)
  if (!isPath || /\\|%5c|%2f%2f|%0|%1/i.test(given)) return '/'
  const resolved = new URL(given, 'https://own.invalid')
  return resolved.origin === 'https://own.invalid' ? `${resolved.pathname}${resolved.search}` : '/'
}

/**
 * Takes the token out of the address before anything else is requested, so that it reaches no log, no Referer and
 * no history entry (C9). Null when the address carries none or something else.
 */
export const takeToken = (
  where: Pick<Location, 'hash' | 'pathname'>,
  past: Pick<History, 'replaceState'>,
): string | null => {
  const token = where.hash.slice(1)
  if (where.hash !== '') past.replaceState(null, '', where.pathname)
  return /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null
}

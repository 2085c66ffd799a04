import type { StepAnswer } from '#api/contract/portal.ts'

type Brand = StepAnswer['brand']

/** The storage that a tab has alone, or nothing where the browser keeps none. */
const storeOf = (page: Window): Storage | null => {
  try {
    return page.sessionStorage
  } catch {
    return null
  }
}

/** The same, for an act that a full or forbidden storage must not end. */
const tried = <T>(act: () => T): T | null => {
  try {
    return act()
  } catch {
    return null
  }
}

const brandKey = 'brand'
const awayKey = 'away'
const endMark = '='

/**
 * Takes the token out of the address before anything else is requested, so that it reaches no log, no Referer and no history
 * entry (C9). The tab alone keeps it until it is used: a reload, a discarded tab, or Back and Forward lose nothing. It also
 * keeps the look of the organisation, for pages that nobody answers for.
 */
export const openTab = (page: Window) => {
  const { hash, pathname: path } = page.location
  const store = storeOf(page)
  const keep = (key: string, value: string) => tried(() => store?.setItem(key, value))
  const kept = (key: string): string => tried(() => store?.getItem(key)) ?? ''
  if (hash !== '') {
    page.history.replaceState(null, '', path)
    keep(path, hash.slice(1))
  }
  const held = kept(path) || hash.slice(1)
  return {
    /** Null where the address and the tab have none, or something else. */
    token: /^[A-Za-z0-9_-]{43}$/.test(held) ? held : null,
    /** The token came with the address just now. */
    isFresh: hash !== '',
    /** The end that this page had in this tab. */
    end: held.startsWith(endMark) ? held.slice(1) : null,
    /** The token is used: the end is what a reload shows. */
    finish: (end: string): void => void keep(path, endMark + end),
    forget: (): void => void tried(() => store?.removeItem(path)),
    /** The page leaves for a sign-in elsewhere. */
    goAway: (): void => void keep(awayKey, path),
    /** It was left for one; said once. */
    wasAway: (): boolean => {
      const isBack = kept(awayKey) === path
      tried(() => store?.removeItem(awayKey))
      return isBack
    },
    brand: (): Brand | null => tried(() => JSON.parse(kept(brandKey)) as Brand),
    keepBrand: (brand: Brand): void => void keep(brandKey, JSON.stringify(brand)),
  }
}

/** The token of a tab and what it keeps. */
export type Tab = ReturnType<typeof openTab>

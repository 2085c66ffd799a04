import { createEffect, createSignal, type Accessor } from 'solid-js'
import { pages as english, type PageCopy } from './en/pages.ts'
import type { Language } from './index.ts'

const [pages, setPages] = createSignal<PageCopy>(english)
let wanted: Language = 'en'

/** By their path. */
const others = import.meta.glob<{ pages: PageCopy }>(['./*/pages.ts', '!./en/pages.ts'])

/** The words of the pages beside the steps in a language. */
export const loadPages = async (language: Language): Promise<PageCopy> =>
  (await others[`./${language}/pages.ts`]?.())?.pages ?? english

/** Fetches these words and shows them. Rejects when they cannot be fetched. */
export const speakPages = async (language: Language): Promise<void> => {
  wanted = language
  const words = await loadPages(language)
  if (language === wanted) setPages(() => words)
}

/** The words of these pages in the language that the page has now, as an accessor. */
export const usePageCopy = (language: Accessor<Language>): Accessor<PageCopy> => {
  createEffect(() => {
    // Words that cannot be fetched leave the page in the language it has.
    speakPages(language()).catch(() => undefined)
  })
  return pages
}

/** The same for a part of such a page. */
export const pageCopy: Accessor<PageCopy> = pages

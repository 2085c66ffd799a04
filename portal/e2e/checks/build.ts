import { ensureBuilt } from '#dev/stack/fresh-build.ts'
import { PROJECT_ROOT } from '#dev/stack/data-folder.ts'

/** Playwright's set-up hook: the portal as it is now. */
const build = (): Promise<void> =>
  ensureBuilt(PROJECT_ROOT, (sentence) => {
    process.stdout.write(`${sentence}\n`)
  })

// eslint-disable-next-line no-restricted-syntax -- Playwright takes a set-up hook by its default export alone
export default build

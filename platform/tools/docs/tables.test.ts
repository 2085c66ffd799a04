import { readFileSync } from 'node:fs'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { questionTable, scheduleTable } from './tables.ts'

const pages = [
  ['docs/questions.md', 'family', questionTable],
  ['docs/runbook.md', 'schedule', scheduleTable],
] as const

it.each(pages)(
  '%s has the table of every %s as the code says it (npm run docs:write writes it)',
  async (path, first, write) => {
    const page = new URL(`../../../${path}`, import.meta.url)
    const [before, , after] = readFileSync(page, 'utf8').split(
      new RegExp(`(\\n\\| ${first} .*?\\n)(?=\\n)`, 's'),
    )
    const table = await format(write(), { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' })
    await expect(`${before ?? ''}\n${table}${after ?? ''}`).toMatchFileSnapshot(page.pathname)
  },
)

import { readFileSync } from 'node:fs'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { configurationTable } from './configuration.ts'

const page = new URL('../../../docs/configuration.md', import.meta.url)

const pageNow = (): Promise<string> =>
  format(
    `# Configuration

This page lists every variable that you can set. A process reads its environment once, when it starts, and says everything that is wrong
with it at once. It refuses names that look like one of these and are misspelt. A secret may come from a file that only the process can
read: set \`NAME_FILE\` instead of \`NAME\`. \`.env.example\` is a file to begin with; [the runbook](runbook.md) says how to fill it.
\`npm start\` needs none of them.

${configurationTable()}

\`docker-compose.yml\` reads four more: \`CONSOLE_HOST\` and \`PORTAL_HOST\` (host names of the two addresses), \`SECRETS_DIR\` (folder of the
secrets that \`npm run init\` writes) and \`VERSION\` (release of the image).
`,
    { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' },
  )

it('docs/configuration.md is what the schema says (npm run docs:write writes it)', async () => {
  await expect(await pageNow()).toMatchFileSnapshot(page.pathname)
  expect(readFileSync(page, 'utf8')).toContain('| `KEY_FILE`')
})

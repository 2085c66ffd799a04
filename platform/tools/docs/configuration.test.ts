import { readFileSync } from 'node:fs'
import { format } from 'prettier'
import { expect, it } from 'vitest'
import { configurationTable } from './configuration.ts'

const page = new URL('../../../docs/configuration.md', import.meta.url)

const pageNow = (): Promise<string> =>
  format(
    `# Configuration

This page lists every variable that you can set. \`npm start\` needs none of them. For an installation, begin with \`.env.example\`;
[the runbook](runbook.md) says how to fill it.

A process reads its environment once, when it starts, and reports all faults together. It refuses a misspelt name of a variable. You can
keep each secret in a file that only the process can read: set \`NAME_FILE\` to its path instead of \`NAME\`.

${configurationTable()}

\`docker-compose.yml\` reads four more variables: \`CONSOLE_HOST\` and \`PORTAL_HOST\` (the two host names), \`SECRETS_DIR\` (the folder of
the secrets that \`npm run init\` writes) and \`VERSION\` (the release of the image).
`,
    { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' },
  )

it('docs/configuration.md is what the schema says (npm run docs:write writes it)', async () => {
  await expect(await pageNow()).toMatchFileSnapshot(page.pathname)
  expect(readFileSync(page, 'utf8')).toContain('| `KEY_FILE`')
})

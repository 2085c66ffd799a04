import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { failureConverterPath } from '#platform/temporal/codec.ts'

const nothing = (): void => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, log: nothing }

/** The workflow bundle as it ships, with its source map. `entry`: another one, below `workflows/`. */
export const bundleNow = async (entry = 'index.ts') => {
  const workflowsPath = fileURLToPath(new URL(`../../workflows/${entry}`, import.meta.url))
  return bundleWorkflowCode({ workflowsPath, failureConverterPath, logger: silent })
}

/** The workflow bundle as a file in a folder of its own. */
export const buildBundle = async (entry?: string): Promise<string> => {
  const { code } = await bundleNow(entry)
  const path = join(mkdtempSync(join(tmpdir(), 'countersign-bundle-')), 'workflows.js')
  writeFileSync(path, code)
  return path
}

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode } from '@temporalio/worker'
import { failureConverterPath } from '#platform/server/codec.ts'

const nothing = (): void => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing, log: nothing }

/** The workflow bundle as it ships, with its source map. */
export const bundleNow = async () => {
  const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url))
  return bundleWorkflowCode({ workflowsPath, failureConverterPath, logger: silent })
}

/** The workflow bundle as a file in a folder of its own. */
export const buildBundle = async (): Promise<string> => {
  const { code } = await bundleNow()
  const path = join(mkdtempSync(join(tmpdir(), 'countersign-bundle-')), 'workflows.js')
  writeFileSync(path, code)
  return path
}

/** Names the folder of the counts to the tests that make them. */
export const countsVariable = 'WORKFLOW_COUNTS'

/** Where a counting test process leaves its counts. @throws when nobody asked for them */
export const countsFolder = (): string => {
  const folder = process.env[countsVariable]
  if (folder === undefined) throw new Error(`${countsVariable} names no folder`)
  return folder
}

import { currentUpdateInfo } from '@temporalio/workflow'

/** Id of the update that is being handled; empty outside of one. */
export const updateId = (): string => currentUpdateInfo()?.id ?? ''

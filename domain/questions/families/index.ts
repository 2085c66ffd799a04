import { assetTagFamily } from './asset-tag.ts'
import { deviceModelFamily } from './device-model.ts'
import type { Family } from './family.ts'
import { managerFamily } from './manager.ts'
import { startMonthFamily } from './start-month.ts'
import { ticketCategoryFamily } from './ticket-category.ts'

/** All question families, in the fixed order of asking. */
export const families: readonly Family[] = [
  managerFamily,
  startMonthFamily,
  deviceModelFamily,
  ticketCategoryFamily,
  assetTagFamily,
]

import { assetTagFamily } from './asset-tag.ts'
import { deviceModelFamily } from './device-model.ts'
import type { Family } from './family.ts'
import { freeWeekdayFamily } from './free-weekday.ts'
import { groupFamily } from './group.ts'
import { managerFamily } from './manager.ts'
import { meetingOrganiserFamily } from './meeting-organiser.ts'
import { meetingSlotFamily } from './meeting-slot.ts'
import { officeFamily } from './office.ts'
import { signInChangeFamily } from './sign-in-change.ts'
import { startMonthFamily } from './start-month.ts'
import { teamMateFamily } from './team-mate.ts'
import { ticketCategoryFamily } from './ticket-category.ts'

/** All question families, in the fixed order of asking. */
export const families: readonly Family[] = [
  managerFamily,
  teamMateFamily,
  officeFamily,
  startMonthFamily,
  groupFamily,
  signInChangeFamily,
  freeWeekdayFamily,
  meetingSlotFamily,
  meetingOrganiserFamily,
  deviceModelFamily,
  ticketCategoryFamily,
  assetTagFamily,
]

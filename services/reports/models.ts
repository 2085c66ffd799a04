import { Base } from '#platform/database/model.ts'

/** A message to a workflow that named a person and did not come from the API. */
export class ForgedMessage extends Base {
  static override tableName = 'impersonations'

  declare id: string
  declare act: string
  declare byId: string
  declare staffName: string
  declare verificationId: string
  declare raisedAt: Date
}

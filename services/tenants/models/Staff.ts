import type { Role } from '#domain/roles.ts'
import { Base } from './Base.ts'

/** A member of staff. (issuer, subject) is who they are; the address is only shown. */
export class Staff extends Base {
  static override tableName = 'staff'
  static override idColumn = ['tenant_id', 'id']

  declare tenantId: string
  declare id: string
  declare issuer: string
  declare subject: string
  declare email: string
  declare displayName: string
  declare role: Role
  declare personId: string | null
}

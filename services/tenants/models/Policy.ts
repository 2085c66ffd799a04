import { Base } from './Base.ts'

/** One immutable version of a tenant's policy. */
export class Policy extends Base {
  static override tableName = 'policies'
  static override idColumn = ['tenant_id', 'version']
  static override jsonAttributes = ['document']

  declare tenantId: string
  declare version: number
  declare document: Record<string, unknown>
  declare savedBy: string
  declare savedByName: string | null
}

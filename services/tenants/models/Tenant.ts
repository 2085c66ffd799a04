import { Base } from './Base.ts'

/** An organisation. `settings`: what the portal shows and the checks know of it. */
export class Tenant extends Base {
  static override tableName = 'tenants'
  static override jsonAttributes = ['settings']

  declare id: string
  declare slug: string
  declare name: string
  declare settings: Record<string, unknown>
  declare oidcIssuer: string | null
}

import { Model } from 'objection'

/** An organisation. `settings`: what the portal shows and the checks know of it. */
export class Tenant extends Model {
  static override tableName = 'tenants'
  static override jsonAttributes = ['settings']

  declare id: string
  declare slug: string
  declare name: string
  declare settings: Readonly<Record<string, unknown>>
  declare oidcIssuer: string | null
}

import type { ImportKind, ImportProblem, ImportState } from '#domain/questions/import-kinds.ts'
import { Base } from '#platform/database/model.ts'

/** An uploaded file of facts. */
export class Import extends Base {
  static override tableName = 'imports'
  static override jsonAttributes = ['figures', 'problems']

  declare id: string
  declare kind: ImportKind
  declare origin: 'console' | 'shell' | 'api'
  declare format: 'csv' | 'json'
  declare mode: 'replace' | 'merge'
  declare isStrict: boolean
  declare state: ImportState
  declare bytes: number
  declare sha256: Buffer | null
  declare byId: string | null
  declare byName: string
  declare uploadedAt: Date
  declare figures: object | null
  declare problems: readonly ImportProblem[]
  declare confirmedById: string | null
  declare confirmedByName: string | null
  declare confirmedAt: Date | null
  declare isDropConfirmed: boolean
  declare endedAt: Date | null
  declare expiresAt: Date
}

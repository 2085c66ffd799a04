import { Model, snakeCaseMappers } from 'objection'

/**
 * What every model shares. Models map a table and nothing more: no hooks, no relations, no graph writes
 * (architecture.md section 4). Store functions take and give plain objects.
 */
export class Base extends Model {
  static override columnNameMappers = snakeCaseMappers()
}

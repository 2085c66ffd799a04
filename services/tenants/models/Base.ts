import { Model, snakeCaseMappers } from 'objection'

/**
 * What every model shares. Models map a table and nothing more: no hooks, no relations, no graph writes.
 * Store functions take and give plain objects.
 */
export class Base extends Model {
  static override columnNameMappers = snakeCaseMappers()
}

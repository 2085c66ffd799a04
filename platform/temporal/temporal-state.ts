/** Checks if Temporal's server has what our workflows need: the namespace, and the search attributes in it. */
import { isGrpcServiceError, type ConnectionLike } from '@temporalio/client'
import { searchAttributes } from '#workflows/messages.ts'
import { StartError } from '../process/start-error.ts'

/** NOT_FOUND of gRPC. */
const notFound = 5

/** The lack of the server; null: none. */
export type TemporalLack =
  | { readonly reason: 'namespace_missing' }
  | { readonly reason: 'search_attributes_missing'; readonly names: readonly string[] }

/** The calls need this of a connection of either kind. */
type Asked = Pick<ConnectionLike, 'workflowService' | 'withDeadline'> & {
  readonly operatorService: {
    listSearchAttributes(request: { namespace: string }): Promise<{ customAttributes: object }>
  }
}

const answerMs = 5_000

/** Looks. @throws the client's error where the server does not answer */
export const temporalLack = (connection: Asked, namespace: string): Promise<TemporalLack | null> =>
  connection.withDeadline(Date.now() + answerMs, async () => {
    try {
      await connection.workflowService.describeNamespace({ namespace })
    } catch (error) {
      if (isGrpcServiceError(error) && Number(error.code) === notFound) return { reason: 'namespace_missing' }
      throw error
    }
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    const names = Object.values(searchAttributes)
      .map(({ name }) => name)
      .filter((name) => !(name in customAttributes))
    return names.length === 0 ? null : { reason: 'search_attributes_missing', names }
  })

/** The sentence that tells the operator what to do about it. */
export const sentenceOfTemporal = (lack: TemporalLack, address: string, namespace: string): string =>
  lack.reason === 'namespace_missing'
    ? `The Temporal server at ${address} has no namespace ${namespace}: create it, or correct TEMPORAL_NAMESPACE.`
    : `The Temporal namespace ${namespace} lacks the search attributes ${lack.names.join(', ')}: create them.`

/** @throws StartError where the server says that it has no such namespace: nothing can begin there */
export const namespaceMustExist = async (
  look: () => Promise<TemporalLack | null>,
  { address, namespace }: { readonly address: string; readonly namespace: string },
): Promise<void> => {
  // A server that gives no answer now may do so later; readiness tells.
  const lack = await look().catch(() => null)
  if (lack?.reason === 'namespace_missing') throw new StartError(sentenceOfTemporal(lack, address, namespace))
}

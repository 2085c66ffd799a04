/** Takes a workflow id apart again; null when it is not one of ours. */
export const parseWorkflowId = (id: string): { tenantId: string; kind: string; id: string } | null => {
  const [tenantId, kind, opaque, ...rest] = id.split('/')
  return tenantId && kind && opaque && rest.length === 0 ? { tenantId, kind, id: opaque } : null
}

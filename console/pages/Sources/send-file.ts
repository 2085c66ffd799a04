import { pathOf, ProblemError } from '#api/contract/client.ts'
import type { SourceImport } from '#api/contract/console-sources.ts'
import type { Problem } from '#api/contract/problem.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import type { ImportKind } from '#domain/questions/import-kinds.ts'
import { csrfToken, setSessionOver } from '../../api.ts'

/** The kind of a file and the way it is uploaded. */
export type Sending = {
  readonly kind: ImportKind
  readonly mode: 'replace' | 'merge'
  readonly unknown: 'leave_out' | 'stop'
}

/** A file on its way. */
export type SentFile = { readonly answer: Promise<SourceImport>; readonly stop: () => void }

const typeOf = (name: string): string => (/\.json$/i.test(name) ? 'application/json' : 'text/csv')

const problemIn = (text: string, status: number): Problem => {
  try {
    return JSON.parse(text) as Problem
  } catch {
    return {
      type: 'about:blank',
      title: '',
      status,
      code: status === 503 ? 'unavailable' : 'internal',
      requestId: '',
    }
  }
}

/**
 * Sends a file piece by piece; `onShare` hears how much is sent, 0 to 1. `fetch` tells nothing of an upload, hence the
 * older way. The answer fails with `ProblemError`, or `TypeError` without a connection.
 */
export const sendFile = (file: File, sending: Sending, onShare: (share: number) => void): SentFile => {
  const request = new XMLHttpRequest()
  const { kind, mode, unknown } = sending
  const path = pathOf(consoleRoutes['console.uploadImport'], { params: { kind }, query: { mode, unknown } })
  const answer = new Promise<SourceImport>((resolve, reject) => {
    request.open('POST', path)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', typeOf(file.name))
    request.setRequestHeader('x-countersign', '1')
    request.setRequestHeader('x-csrf-token', csrfToken() ?? '')
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 1 : loaded / total)
    request.onload = () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText) as SourceImport)
      else {
        if (request.status === 401) setSessionOver(true)
        reject(new ProblemError(problemIn(request.responseText, request.status)))
      }
    }
    request.onerror = () => reject(new TypeError('no connection'))
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    request.send(file)
  })
  return { answer, stop: () => request.abort() }
}

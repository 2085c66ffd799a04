/**
 * The built console with fixture answers, under the page policy of the real API: for looking at screens without the
 * rest of the stack. `tsx console/testing/serve.ts <port> <role> <folder>`.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { ProblemError } from '#api/contract/client.ts'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { contentSecurityPolicy } from '#api/middleware/security-headers.ts'
import type { Role } from '#domain/roles.ts'
import { policyName } from '#platform/ui/trusted-types.ts'
import { answersFor, type Answers } from './answers.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
}
const policy = contentSecurityPolicy({ scriptHashes: [], styleHashes: [], trustedTypes: [policyName] })

const paramsOf = (path: string, url: string): Record<string, string> | null => {
  const [wanted, given] = [path.split('/'), url.split('/')]
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  const fits = wanted.every((part, index) => {
    if (!part.startsWith(':')) return part === given[index]
    params[part.slice(1)] = given[index] ?? ''
    return true
  })
  return fits ? params : null
}

const answer = (answers: Answers, method: string, path: string): { status: number; body: unknown } | null => {
  for (const [name, route] of Object.entries(consoleRoutes)) {
    const params = route.method === method ? paramsOf(route.path, path) : null
    const found = answers[name as keyof Answers] as ((given: Record<string, string>) => unknown) | undefined
    if (params === null || found === undefined) continue
    try {
      return { status: 200, body: found(params) }
    } catch (error) {
      if (error instanceof ProblemError) return { status: error.problem.status, body: error.problem }
      throw error
    }
  }
  return null
}

const page = async (folder: string, path: string, response: ServerResponse): Promise<void> => {
  const file = extname(path) === '' ? '/index.html' : path
  response.setHeader('content-security-policy', policy)
  response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream')
  response.end(await readFile(join(folder, file)))
}

/** Serves `folder` on `port` of this machine. */
export const serveFixtures = (folder: string, port: number, answers: Answers) =>
  createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const found = answer(answers, request.method ?? 'GET', path)
    if (found !== null) {
      response.writeHead(found.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(found.body))
    } else if (path === consoleRoutes['console.live'].path) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(':\n\n')
    } else {
      page(folder, path, response).catch(() => response.writeHead(404).end())
    }
  }).listen(port, '127.0.0.1')

const [port, role, folder] = process.argv.slice(2)
if (port !== undefined && folder !== undefined)
  serveFixtures(folder, Number(port), answersFor((role ?? 'supervisor') as Role))

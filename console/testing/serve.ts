/**
 * The built console with fixture answers, under the page policy of the real API: for looking at screens without the
 * rest of the stack. `tsx console/testing/serve.ts <port> <role> <folder>`.
 */
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { consoleRoutes } from '#api/contract/routes-console.ts'
import { contentSecurityPolicy } from '#api/middleware/security-headers.ts'
import type { Role } from '#domain/roles.ts'
import { policyName } from '#platform/ui/trusted-types.ts'
import { answersFor, answerTo, type Answers } from './answers.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
}
const policy = contentSecurityPolicy({ scriptHashes: [], styleHashes: [], trustedTypes: [policyName] })

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
    const found = answerTo(answers, request.method ?? 'GET', path)
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

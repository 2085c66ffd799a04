import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import {
  checkNamedClickHouse,
  checkNamedDatabase,
  checkNamedMail,
  checkNamedSignIn,
} from './named-engines.ts'
import { pickFreePort } from './ports.ts'

describe('a database that the environment names', () => {
  const named = (change: (url: URL) => void): string => {
    const url = new URL(inject('databaseUrl'))
    change(url)
    return url.href
  }

  it('is taken when its user has the rights of an owner', async () => {
    await expect(checkNamedDatabase(inject('databaseUrl'))).resolves.toBeUndefined()
  })

  it('is refused in one sentence when it is not there, or is not one', async () => {
    const port = String(await pickFreePort())
    const elsewhere = named((url) => {
      url.port = port
      url.password = 'never-shown'
    })
    await expect(checkNamedDatabase(elsewhere)).rejects.toThrow(
      /^DATABASE_URL names 127\.0\.0\.1:\d+, where no PostgreSQL answers \(ECONNREFUSED\)\.$/,
    )
    const missing = named((url) => {
      url.pathname = '/nowhere'
    })
    await expect(checkNamedDatabase(missing)).rejects.toThrow('has no database nowhere')
    for (const nonsense of ['nonsense', 'https://db.test/x'])
      await expect(checkNamedDatabase(nonsense)).rejects.toThrow('begins with postgres://')
  })

  it('is refused when its user may not make roles', async () => {
    const owner = new pg.Client({ connectionString: inject('databaseUrl') })
    await owner.connect()
    try {
      await owner.query('create role named_without_rights login')
      const weak = named((url) => {
        url.username = 'named_without_rights'
      })
      await expect(checkNamedDatabase(weak)).rejects.toThrow('CREATEROLE and BYPASSRLS')
    } finally {
      await owner.query('drop role named_without_rights')
      await owner.end()
    }
  })
})

describe('a store that the environment names', () => {
  it('is taken when it answers, and refused in one sentence when it does not, or is not one', async () => {
    await expect(checkNamedClickHouse(inject('clickhouseUrl'))).resolves.toBeUndefined()
    const nobody = `127.0.0.1:${String(await pickFreePort())}`
    await expect(checkNamedClickHouse(`http://user:never-shown@${nobody}/store`)).rejects.toThrow(
      `CLICKHOUSE_URL names ${nobody}, where no ClickHouse answers.`,
    )
    await expect(checkNamedClickHouse('nonsense')).rejects.toThrow('begins with http://')
  })
})

describe('a small part that the environment names', () => {
  const listen = async (server: Server): Promise<string> => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  }
  const close = (server: Server) => new Promise((resolve) => server.close(resolve))

  it('for mail is taken when something listens, and refused in one sentence when not, or is not one', async () => {
    const server = createServer()
    const there = await listen(server)
    await expect(checkNamedMail(`smtp://somebody:never-shown@${there}`)).resolves.toBeUndefined()
    await close(server)
    await expect(checkNamedMail(`smtp://somebody:never-shown@${there}`)).rejects.toThrow(
      new RegExp(`^SMTP_URL names ${there}, where no mail server answers\\.$`),
    )
    await expect(checkNamedMail('https://mail.test')).rejects.toThrow('begins with smtp://')
  })

  it('for sign-in is taken when it tells about itself, and refused in one sentence when not, or is not one', async () => {
    const server = createHttpServer(({ url }, response) => {
      response.writeHead(url === '/realm/.well-known/openid-configuration' ? 200 : 404).end('{}')
    })
    const there = `http://${await listen(server)}`
    await expect(checkNamedSignIn(`${there}/realm/`)).resolves.toBeUndefined()
    await expect(checkNamedSignIn(there)).rejects.toThrow(
      `OIDC_ISSUER names ${there}, where no sign-in provider answers.`,
    )
    server.closeAllConnections()
    await close(server)
    await expect(checkNamedSignIn(`${there}/realm`)).rejects.toThrow('no sign-in provider answers')
    await expect(checkNamedSignIn('nonsense')).rejects.toThrow('begins with https://')
  })
})

import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import {
  checkNamedClickHouse,
  checkNamedDatabase,
  checkNamedMail,
  checkNamedSignIn,
  problemOfDatabase,
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

describe('what a named database says of itself', () => {
  const owner = { version: 160_002, isSuperuser: false, isOwner: true }

  it('is enough for an owner from PostgreSQL 16 on, for a superuser from 15 on', () => {
    expect(problemOfDatabase('db.test', owner)).toBeUndefined()
    expect(
      problemOfDatabase('db.test', { version: 150_018, isSuperuser: true, isOwner: false }),
    ).toBeUndefined()
  })

  it('is named when an older server lets no owner make the roles, or is too old for the tables', () => {
    expect(problemOfDatabase('db.test', { ...owner, version: 150_018 })).toMatch(
      /^DATABASE_URL must name a superuser, since the PostgreSQL at db\.test is version 15/,
    )
    expect(problemOfDatabase('db.test', { version: 140_001, isSuperuser: true, isOwner: true })).toBe(
      'The PostgreSQL at db.test is version 14: 15 or newer is needed.',
    )
    expect(problemOfDatabase('db.test', { ...owner, isOwner: false })).toContain('CREATEROLE and BYPASSRLS')
  })
})

describe('a store that the environment names', () => {
  const stores: Server[] = []
  afterEach(async () => {
    for (const store of stores.splice(0)) await new Promise((resolve) => store.close(resolve))
  })

  /** A store that gives this version to every client with the password. */
  const storeOf = async (version: string): Promise<string> => {
    const server = createHttpServer(({ url, headers }, response) => {
      const isKnown = headers['x-clickhouse-user'] === 'fig' && headers['x-clickhouse-key'] === 'ures@1'
      if (url === '/ping') response.end('Ok.\n')
      else if (url?.includes('database=nowhere')) response.writeHead(404).end('Code: 81.')
      else response.writeHead(isKnown ? 200 : 403, { connection: 'close' }).end(`${version}\n`)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    stores.push(server)
    return `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  }

  it('is refused in one sentence when it does not take the password, or is too old', async () => {
    const newest = await storeOf('25.1.5.31')
    await expect(checkNamedClickHouse(`http://fig:ures%401@${newest}/store`)).resolves.toBeUndefined()
    await expect(checkNamedClickHouse(`http://fig:never-shown@${newest}/store`)).rejects.toThrow(
      new RegExp(`^The ClickHouse at ${newest} refuses the user or password of CLICKHOUSE_URL\\.$`),
    )
    await expect(checkNamedClickHouse(`http://fig:ures%401@${newest}/nowhere`)).rejects.toThrow(
      `The ClickHouse at ${newest} has no database nowhere: create it, or correct CLICKHOUSE_URL.`,
    )
    for (const old of ['18.16.1', '24.12.9.1', '25.1.4.53']) {
      const there = await storeOf(old)
      await expect(checkNamedClickHouse(`http://fig:ures%401@${there}/store`)).rejects.toThrow(
        `The ClickHouse at ${there} is version ${old}: 25.1.5 or newer is needed.`,
      )
    }
    await expect(
      checkNamedClickHouse(`http://fig:ures%401@${await storeOf('26.1.1.1')}/store`),
    ).resolves.toBeUndefined()
  })

  it('is taken when it answers, and refused in one sentence when it does not, or is not one', async () => {
    await expect(checkNamedClickHouse(inject('clickhouseUrl'))).resolves.toBeUndefined()
    const missing = new URL('/nowhere', inject('clickhouseUrl'))
    await expect(checkNamedClickHouse(missing.href)).rejects.toThrow('has no database nowhere')
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

/** People of the demo organisation `lab` who move into a real directory: their rows, facts and contacts stay as they are. */
import pg from 'pg'
import { demoPeople } from '../../seeds/answers.ts'

/** A person who moves. */
export interface MovedPerson {
  readonly login: string
  readonly displayName: string
  readonly givenName: string
  readonly familyName: string
  readonly workEmail: string
  readonly title: string | null
  readonly department: string | null
  readonly office: string | null
  readonly country: string | null
  readonly language: string | null
}

/** The organisation whose people move: the one that lets driven browsers pass. */
export const movedTenant = 'lab'

export interface DemoRows {
  /** Those who still have their accounts in the demo's own directory, in a fixed order. */
  people(): Promise<readonly MovedPerson[]>
  /** Makes these people those of the directory: `ids` gives each login's immutable id there. */
  move(directory: string, ids: ReadonlyMap<string, string>): Promise<void>
  close(): Promise<void>
}

/** @param longestLogin logins that are longer stay where they are: Active Directory takes twenty characters */
export async function openDemoRows(ownerUrl: string, longestLogin = 64): Promise<DemoRows> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'countersign-demo-people' })
  await client.connect()
  const { rows } = await client.query<{ id: string }>('select id from tenants where slug = $1', [movedTenant])
  const [tenant] = rows
  if (tenant === undefined) throw new Error('The demo organisation is not in this database.')
  const logins = demoPeople(movedTenant)
    .map(({ login }) => login)
    .filter((login) => login.length <= longestLogin)
  return {
    people: async () => {
      const found = await client.query<MovedPerson>(
        `select login, display_name as "displayName", given_name as "givenName", family_name as "familyName",
           work_email as "workEmail", title, department, office, country, language
         from people where tenant_id = $1 and directory = 'builtin' and login = any ($2) order by login`,
        [tenant.id, logins],
      )
      return found.rows
    },
    move: async (directory, ids) => {
      const pairs = JSON.stringify([...ids].map(([login, id]) => ({ login, id })))
      await client.query('begin')
      // The work address is the directory's from now on, and keeps its age.
      await client.query(
        `update contacts c set source = $2 from people p, jsonb_to_recordset($3::jsonb) as n (login text, id text)
         where p.tenant_id = $1 and p.login = n.login and c.tenant_id = $1 and c.person_id = p.id
           and c.source = 'directory' and c.kind = 'email' and c.label = 'work'`,
        [tenant.id, directory, pairs],
      )
      await client.query(
        `update people p set directory = $2, directory_id = n.id, tier = 'standard'
         from jsonb_to_recordset($3::jsonb) as n (login text, id text)
         where p.tenant_id = $1 and p.login = n.login`,
        [tenant.id, directory, pairs],
      )
      await client.query('commit')
    },
    close: () => client.end(),
  }
}

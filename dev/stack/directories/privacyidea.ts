/** A real privacyIDEA on any free port: its own program from PyPI, its database a file, its service behind TLS. */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pickFreePort } from '../ports.ts'
import { makeCertificates } from './certificates.ts'
import { ended, startServer, whenOpen } from './child.ts'

const run = promisify(execFile)
const version = '3.14'
const installMs = 600_000
const withinMs = 100_000

/** Fetches the server and what it needs, once, by pip. @throws with the command, where that is not possible */
export const installPrivacyIdea = async (
  cache: string,
  notify: (sentence: string) => void,
): Promise<string> => {
  const home = join(cache, `privacyidea-${version}`)
  if (existsSync(home)) return home
  notify(`Fetching privacyIDEA ${version} …`)
  const fetched = `${home}.new-${String(process.pid)}`
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', fetched]
  try {
    mkdirSync(cache, { recursive: true })
    await run('python3', [...args, `privacyidea==${version}`], { timeout: installMs })
  } catch (error) {
    rmSync(fetched, { recursive: true, force: true })
    throw new Error(`privacyIDEA is not installed: python3 -m pip install privacyidea==${version} failed`, {
      cause: error,
    })
  }
  if (existsSync(home)) rmSync(fetched, { recursive: true, force: true })
  else renameSync(fetched, home)
  return home
}

const configurationOf = (folder: string): string =>
  [
    `SQLALCHEMY_DATABASE_URI = 'sqlite:///${join(folder, 'privacyidea.sqlite')}'`,
    "SUPERUSER_REALM = ['super']",
    "SECRET_KEY = 'the key of a server under test'",
    "PI_PEPPER = 'the pepper of a server under test'",
    `PI_ENCFILE = '${join(folder, 'enckey')}'`,
    `PI_AUDIT_KEY_PRIVATE = '${join(folder, 'private.pem')}'`,
    `PI_AUDIT_KEY_PUBLIC = '${join(folder, 'public.pem')}'`,
    `PI_LOGFILE = '${join(folder, 'privacyidea.log')}'`,
    'PI_LOGLEVEL = 30',
    '',
  ].join('\n')

/** One process for all of it: to load the program takes longer than what it then does. */
const program = `import json, os
from privacyidea.cli.pimanage import cli
for args in json.loads(os.environ['SETUP']):
    cli(args, standalone_mode=False)
# Without it Flask takes this for a command of its own, and serves nothing.
os.environ.pop('FLASK_RUN_FROM_CLI', None)
from privacyidea.app import create_app
app = create_app(config_name='production', config_file=os.environ['PRIVACYIDEA_CONFIGFILE'], silent=True)
app.run(host='127.0.0.1', port=int(os.environ['PORT']), ssl_context=(os.environ['CERT'], os.environ['KEY']), threaded=True)`

/** A running server. */
export type PrivacyIdea = {
  readonly url: string
  readonly caFile: string
  stop(): Promise<void>
}

/** An administrator there, who may do everything until a policy says what. */
export type PrivacyIdeaAdmin = { readonly user: string; readonly password: string }

/** Starts a server without any account but these administrators. @throws when it does not start */
export const startPrivacyIdea = async (
  home: string,
  folder: string,
  admins: readonly PrivacyIdeaAdmin[],
): Promise<PrivacyIdea> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const configuration = join(folder, 'pi.cfg')
  writeFileSync(configuration, configurationOf(folder))
  chmodSync(configuration, 0o600)
  const port = await pickFreePort()
  const tls = makeCertificates(join(folder, 'tls'), ['localhost'])
  const setup = [
    ['setup', 'create_enckey'],
    ['setup', 'create_audit_keys'],
    ['setup', 'create_tables'],
    ...admins.map(({ user, password }) => ['admin', 'add', user, '-p', password]),
  ]
  const child = startServer(['sh', '-c', `exec python3 -c "$PROGRAM" >"$LOG" 2>&1`], {
    PYTHONPATH: home,
    PRIVACYIDEA_CONFIGFILE: configuration,
    PROGRAM: program,
    SETUP: JSON.stringify(setup),
    LOG: join(folder, 'server.log'),
    PORT: String(port),
    CERT: tls.cert,
    KEY: tls.key,
  })
  await whenOpen(child, port, withinMs)
  return { url: `https://localhost:${String(port)}`, caFile: tls.ca, stop: () => ended(child) }
}

import { migrate } from '#platform/database/migrate.ts'
import { resetDatabase } from '#platform/database/reset.ts'
import { loadConfig } from '#platform/process/config.ts'
import { auditCommand } from './audit.ts'
import { accessReport } from './access-report.ts'
import { apiClientCommand } from './api-client.ts'
import { directorySyncCommand } from './directory-sync.ts'
import { CommandError, type Command } from './command.ts'
import { data } from './data.ts'
import { doctorCommand } from './doctor/doctor.ts'
import { calibrateCommand } from './calibrate.ts'
import { organisationCommand } from './organisation.ts'
import { recompute } from './recompute.ts'
import { importFile, importUsage } from './import.ts'
import { initCommand } from './init.ts'
import { keysCommand } from './keys.ts'
import { schedulesCommand } from './schedules.ts'
import { signInAccountsCommand } from './sign-in-accounts.ts'
import { staffCommand } from './staff.ts'

/** The operator's commands at the shell. */
export const commands: Readonly<Record<string, Command>> = {
  init: initCommand,
  migrate: {
    demoLogin: null,
    usage: 'brings the database that DATABASE_URL names to the newest form (as its owner)',
    run: async (_args, env) => {
      await migrate(loadConfig('migrator', env).database.url)
      return 'The database is up to date.'
    },
  },
  reset: {
    demoLogin: null,
    usage: 'throws away everything in that database and makes its tables anew (never in production)',
    run: async (_args, env) => {
      const { mode, database } = loadConfig('migrator', env)
      if (mode === 'production') throw new CommandError('A reset is never done in production.')
      await resetDatabase(database.url)
      return 'The database is empty and up to date.'
    },
  },
  keys: keysCommand,
  'access-report': {
    demoLogin: null,
    usage: 'access-report <organisation> <login> <reference>: all that is kept about one person, as JSON',
    run: accessReport,
  },
  data: {
    demoLogin: null,
    usage:
      'data status | refresh [kind=source …] [--again] | rollback: the network data that checks look into; data passwords FILE: the filter of breached passwords',
    run: data,
  },
  doctor: doctorCommand,
  organisation: organisationCommand,
  staff: staffCommand,
  'sign-in-accounts': signInAccountsCommand,
  'api-client': apiClientCommand,
  'directory-sync': directorySyncCommand,
  schedules: schedulesCommand,
  calibrate: calibrateCommand,
  audit: auditCommand,
  recompute,
  import: {
    demoLogin: null,
    usage: importUsage,
    run: (args, env) =>
      importFile(args, env, (line) => {
        console.log(line)
      }),
  },
}

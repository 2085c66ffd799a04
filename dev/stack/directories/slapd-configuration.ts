import type { Certificates } from './certificates.ts'

/** The tree of the test's organisation. */
export const suffix = 'dc=corp,dc=example'

const modules = ['back_mdb', 'memberof', 'ppolicy', 'accesslog'].map((name) => `moduleload ${name}.so`)
const schemas = ['core', 'cosine', 'nis', 'inetorgperson'].map(
  (name) => `include /etc/ldap/schema/${name}.schema`,
)

/**
 * The configuration of a slapd for the demo: no password over an open line, a password policy, a log of
 * every write, and a service account that may set passwords, flags of the policy, and nothing else.
 */
export const slapdConfiguration = (folder: string, tls: Certificates, adminPassword: string): string =>
  [
    ...schemas,
    'modulepath /usr/lib/ldap',
    ...modules,
    `TLSCACertificateFile ${tls.ca}`,
    `TLSCertificateFile ${tls.cert}`,
    `TLSCertificateKeyFile ${tls.key}`,
    'security simple_bind=128',
    'sizelimit unlimited',
    `pidfile ${folder}/slapd.pid`,
    // The log comes before the database that it logs.
    'database mdb',
    'suffix cn=log',
    `directory ${folder}/log`,
    'maxsize 1073741824',
    'rootdn cn=log',
    `rootpw ${adminPassword}`,
    'index reqStart,reqDN,reqType eq',
    'database mdb',
    `suffix ${suffix}`,
    `directory ${folder}/db`,
    'maxsize 1073741824',
    'dbnosync',
    `rootdn cn=admin,${suffix}`,
    `rootpw ${adminPassword}`,
    'index objectClass,entryUUID,entryCSN,member eq',
    'index uid,mail,cn eq,sub',
    'overlay memberof',
    'overlay ppolicy',
    `ppolicy_default cn=default,ou=policies,${suffix}`,
    'overlay accesslog',
    'logdb cn=log',
    'logops writes',
    'logsuccess FALSE',
    `access to attrs=userPassword by dn.exact="cn=svc-reset,${suffix}" write by self write by anonymous auth by * none`,
    `access to attrs=pwdAccountLockedTime,pwdReset by dn.exact="cn=svc-reset,${suffix}" write by * read`,
    'access to * by users read by * none',
    '',
  ].join('\n')

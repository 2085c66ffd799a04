import { defineConfig } from 'vitest/config'

/** Tests against real directories (`npm run test:directories`): they need slapd, Samba (and root for it), Keycloak and privacyIDEA. */
export default defineConfig({
  test: {
    pool: 'forks',
    environment: 'node',
    include: ['**/*.directory.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**', '.data/**', '.cache/**'],
    globalSetup: ['dev/stack/testing/directories.ts'],
    hookTimeout: 120_000,
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['activities/directory/{ldap,keycloak}/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: [['text', { skipFull: true }], 'text-summary'],
      thresholds: { statements: 90, functions: 90, lines: 90 },
    },
  },
})

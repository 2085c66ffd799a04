import { expect, it } from 'vitest'
import { mailLayout } from './mail-layout.ts'

it('the layout of mails is what its MJML gives (npm run docs:write writes it)', async () => {
  await expect(mailLayout()).resolves.toMatchFileSnapshot('../../../services/messages/mail/layout.ts')
})

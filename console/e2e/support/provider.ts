/** The sign-in page of the demo's identity provider, as people use it. */
import { expect, type Page } from '@playwright/test'
import { demoPassword } from '#dev/seeds/demo.ts'
import { codeAt, stepAt } from '#dev/stack/identity/totp.ts'
import { stack } from './stack.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const bytesOf = (secret: string): Buffer => {
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** Signs in with the demo's password. */
export const typePassword = async (page: Page, login: string): Promise<void> => {
  await page.locator('[name=login]').fill(login)
  await page.locator('[name=password]').fill(demoPassword)
  await page.locator('form button').click()
}

/** Types the code that an app shows in this step of time. */
export const typeCode = async (page: Page, secret: Buffer, step: number): Promise<void> => {
  await page.locator('[name=code]').fill(codeAt(secret, step))
  await page.locator('form button').last().click()
}

/** Sets up an app at the provider, as an employee does; gives its secret. */
export const setUpApp = async (page: Page, login: string): Promise<Buffer> => {
  await page.goto(`${stack.signIn}/employee`)
  await typePassword(page, login)
  const secret = bytesOf((await page.locator('code').first().textContent()) ?? '')
  await typeCode(page, secret, stepAt(Date.now()) - 1)
  await expect(page.locator('[name=code]')).toHaveCount(0)
  return secret
}

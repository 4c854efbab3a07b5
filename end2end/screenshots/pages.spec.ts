import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, open, test } from '../fixtures';
import { csv, ImportsPage } from '../pages/imports';
import { MailboxPage } from '../pages/mailbox';

const FOLDER = '../docs/screenshots';
const BOARD = '/board/business';

/** With its fonts, and with nothing still moving. */
async function photograph(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled', caret: 'hide' });
}

test.describe('desktop', () => {
  test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });

  test('board', async ({ page }) => {
    await open(page, BOARD);
    await photograph(page, 'board-desktop');
  });

  test('deal', async ({ page }) => {
    await open(page, BOARD);
    await page.locator('a[href^="/deals/"]').nth(3).click();
    await page.waitForURL(/\/deals\/.+/);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    await photograph(page, 'deal');
  });

  test('mailbox', async ({ page }) => {
    const mailbox = new MailboxPage(page);
    await mailbox.open();
    await mailbox.letters.first().click();
    await expect(mailbox.subject).toBeVisible();
    await expect(mailbox.body.locator('body')).toBeVisible();
    await photograph(page, 'mailbox');
  });

  test('import', async ({ page }) => {
    const imports = new ImportsPage(page);
    await imports.open('?brand=desifirms');
    await imports.upload(csv('leads.csv', readFileSync('screenshots/leads.csv', 'utf8')));
    await photograph(page, 'import');
  });
});

test.describe('nobody', () => {
  test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', who: null });

  test('login', async ({ page }) => {
    await open(page, '/login');
    await photograph(page, 'login');
  });
});

test.describe('dark', () => {
  test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });

  test('board', async ({ page }) => {
    await open(page, BOARD);
    await photograph(page, 'board-dark');
  });
});

test.describe('phone', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    colorScheme: 'light',
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });

  test('board', async ({ page }) => {
    await open(page, BOARD);
    await photograph(page, 'board-phone');
  });
});

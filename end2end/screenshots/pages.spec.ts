import { expect, test, type Page } from '@playwright/test';

const folder = '../docs/screenshots';
const board = process.env.OVERTURE_SHOT_BOARD ?? '/board/desifirms-business';

async function signIn(page: Page) {
  await page.goto('/login');
  await page.getByLabel('Email').fill('admin@overture.test');
  await page.getByLabel('Password').fill(process.env.OVERTURE_PASSWORD ?? 'overture-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** Fonts loaded, the browser's half at work, nothing half-drawn. */
async function settled(page: Page) {
  await page.waitForLoadState('load');
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  await page.waitForTimeout(500);
}

async function photograph(page: Page, name: string) {
  await settled(page);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

/** The deal with the longest history on the board's first screen. */
async function openDeal(page: Page) {
  await page.goto(board);
  await page.locator('a[href^="/deals/"]').first().click();
  await page.waitForURL(/\/deals\/.+/);
}

test.describe('desktop', () => {
  test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });

  test('login', async ({ page }) => {
    await page.goto('/login');
    await photograph(page, 'login');
  });

  test('board', async ({ page }) => {
    await signIn(page);
    await page.goto(board);
    await expect(page.locator('a[href^="/deals/"]').first()).toBeVisible();
    await photograph(page, 'board-desktop');
  });

  test('deal', async ({ page }) => {
    await signIn(page);
    await openDeal(page);
    await photograph(page, 'deal');
  });

  test('mailbox', async ({ page }) => {
    await signIn(page);
    await page.goto('/mailbox');
    await photograph(page, 'mailbox');
  });

  test('import', async ({ page }) => {
    await signIn(page);
    await page.goto('/imports');
    await page.locator('input[type="file"]').setInputFiles('screenshots/leads.csv');
    await photograph(page, 'import');
  });
});

test.describe('dark', () => {
  test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });

  test('board', async ({ page }) => {
    await signIn(page);
    await page.goto(board);
    await expect(page.locator('a[href^="/deals/"]').first()).toBeVisible();
    await photograph(page, 'board-dark');
  });
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });

  test('board', async ({ page }) => {
    await signIn(page);
    await page.goto(board);
    await expect(page.locator('a[href^="/deals/"]').first()).toBeVisible();
    await photograph(page, 'board-phone');
  });
});

import { expect, open, test } from '../fixtures';

test.use({ who: 'desifirms' });

test('mails are narrowed down by what came back, and the address keeps it', async ({ page }) => {
  await open(page, '/emails');
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('What came back').selectOption('opened');
  await expect(page).toHaveURL(/signal=opened/);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Filter · 1' })).toBeVisible();
  const rows = page.locator('tr[data-email]');
  await expect(rows.first()).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/signal=opened/);
  await expect(rows.first().locator('.verdict--human').first()).toBeVisible();
});

test('the page of a mail shows its headers, its events with reasons, and fetches nothing', async ({ page }) => {
  await open(page, '/emails?signal=opened');
  const fetched: string[] = [];
  page.on('request', (request) => {
    if (/\/t\/[oc]\//.test(request.url())) fetched.push(request.url());
  });
  await page.locator('a.table__link').first().click();
  await expect(page).toHaveURL(/\/emails\/.+/);
  const envelope = page.getByLabel('Envelope');
  for (const name of ['Message-ID', 'List-Unsubscribe', 'Feedback-ID', 'Subject']) {
    await expect(envelope.getByText(name, { exact: true })).toBeVisible();
  }
  await expect(page.locator('iframe[sandbox=""]').first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What came back' })).toBeVisible();
  await expect(page.getByText(/Browser or mail program|Gmail|Yahoo Mail|Confirmed/).first()).toBeVisible();
  expect(fetched, 'looking at a mail is no open').toEqual([]);
});

test('a waiting mail is cancelled once, and its deal waits for a person', async ({ page }) => {
  await open(page, '/emails?status=waiting');
  const first = page.locator('a.table__link').first();
  test.skip((await first.count()) === 0, 'no mail waits at this hour of the demo');
  await first.click();
  await expect(page).toHaveURL(/\/emails\/.+/);
  await page.getByRole('button', { name: 'Cancel mail…' }).click();
  await page.getByRole('button', { name: 'Cancel 1 mail' }).click();
  await expect(page.getByText('Cancelled. The deal waits for a person.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel mail…' })).toHaveCount(0);
});

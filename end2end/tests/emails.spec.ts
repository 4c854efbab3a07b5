import { expect, open, test } from '../fixtures';

test.use({ who: 'desifirms' });

test('mails are narrowed down by what came back, and the address keeps it', async ({ page }) => {
  await open(page, '/emails');
  await page.getByRole('button', { name: /^Filter/ }).click();
  await page.getByLabel('What came back').selectOption('opened');
  await expect(page).toHaveURL(/signal=opened/);
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

test('a mail of unclear fate asks what became of it, and says what either answer means', async ({ page }) => {
  await open(page, '/emails?status=unknown');
  await page.locator('a.table__link').first().click();
  await expect(page).toHaveURL(/\/emails\/.+/);
  await page.getByRole('button', { name: 'It never arrived…' }).click();
  const question = page.locator('#mail-lost');
  await expect(question.getByText('the person gets it twice')).toBeVisible();
  await question.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'It arrived…' })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { expect, open, test } from '../fixtures';
import { BoardPage } from '../pages/board';
import { Frame } from '../pages/frame';

test.use({ who: 'desifirms' });

/** Opens the first deal of the fullest stage. */
async function openDeal(page: Page, pipeline: string): Promise<string> {
  const board = new BoardPage(page);
  await board.open(pipeline);
  const { deal } = await board.first((await board.stages()).from);
  await open(page, `/deals/${deal}`);
  return deal;
}

async function addNote(page: Page, text: string): Promise<void> {
  await page.getByLabel('Note', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('');
}

test('notes keep what was written: markup, emoji, right to left, line breaks', async ({ page }) => {
  await openDeal(page, 'agents');
  const text = `</textarea><script>alert(1)</script><img src=x onerror=alert(1)>\nनमस्ते 🎉 مرحبا & "quoted" ${Date.now()}`;
  await addNote(page, text);
  const note = page.locator('.timeline .event__card--note .event__text').first();
  await expect(note).toHaveText(text, { useInnerText: true });
  await page.reload();
  await expect(note).toHaveText(text, { useInnerText: true });
  await expect(page.locator('img[onerror]')).toHaveCount(0);
});

test('a long note is kept whole and a too long one is refused without losing it', async ({ page, problems }) => {
  await openDeal(page, 'agents');
  const long = 'A long call. '.repeat(700).trim();
  await addNote(page, long);
  await expect(page.locator('.timeline .event__text').first()).toContainText(long.slice(0, 200));
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways).toBe(0);

  problems.expect(/deal.*note|4\d\d|413/);
  const endless = 'x'.repeat(200_000);
  await page.getByLabel('Note', { exact: true }).fill(endless);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.toast--bad')).toBeVisible();
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue(endless);
});

test('an empty note is not stored', async ({ page, problems }) => {
  await openDeal(page, 'agents');
  problems.expect(/4\d\d/);
  const before = await page.locator('.timeline .event__card--note').count();
  await page.getByLabel('Note', { exact: true }).fill('   ');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.locator('.toast--bad')).toBeVisible();
  await page.reload();
  await expect(page.locator('.timeline .event__card--note')).toHaveCount(before);
});

test('a deal is paused and resumed, won and opened again', async ({ page }) => {
  await openDeal(page, 'agents');
  const head = page.locator('.detail__head');
  await head.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(head.getByRole('heading')).toContainText('Paused');
  await head.getByRole('button', { name: 'Resume' }).click();
  await expect(head.getByRole('heading')).not.toContainText('Paused');
  await head.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Mark as won' }).click();
  await expect(head.getByRole('heading')).toContainText('Won');
  await head.getByRole('button', { name: 'Open again' }).click();
  await expect(head.getByRole('heading')).not.toContainText('Won');
});

test('sending now shows the mail first', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open('business');
  const waiting = page.locator('.deal__next:not(.deal__next--blocked)', { hasText: /follow.?up|invitation/i });
  const deal = await board.root.locator('article[data-deal]', { has: waiting }).first().getAttribute('data-deal');
  await open(page, `/deals/${deal}`);
  const send = page.getByRole('button', { name: /^Send .* now…$/ });
  await send.click();
  const dialog = page.locator('dialog[open]');
  await expect(dialog.locator('iframe')).toBeVisible();
  await expect(dialog.frameLocator('iframe').getByText(/^(Hi|Hello|Dear|Namaste)\b.*,$/).first()).toBeVisible();
  await expect(dialog).toContainText(/\S+@\S+/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(send).toBeFocused();
});

test('an ended session is said so and what was typed stays', async ({ page, context, problems }) => {
  await openDeal(page, 'agents');
  await page.getByLabel('Note', { exact: true }).fill('Not to be lost');
  await context.clearCookies();
  problems.expect(/401/);
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(new Frame(page).toast('signed out')).toBeVisible();
  await expect(page.getByLabel('Note', { exact: true })).toHaveValue('Not to be lost');
});

import { expect, test } from '../fixtures';
import { Frame } from '../pages/frame';
import { InboxPage } from '../pages/inbox';

test.use({ who: 'desifirms' });

test('one key says what a mail means, and undo takes it back', async ({ page }) => {
  const inbox = new InboxPage(page);
  const frame = new Frame(page);
  await inbox.open();
  const line = inbox.lines.first();
  const id = await inbox.idOf(line);
  await line.click();
  await expect(page).toHaveURL((url) => url.searchParams.get('mail') === id);
  await expect(inbox.thought).toContainText('Looks like');
  await inbox.decided(() => page.keyboard.press('x'));
  await expect(page.locator(`a.letter[data-mail="${id}"]`)).toHaveCount(0);

  const toast = page.locator('.toast').last();
  await inbox.decided(() => toast.getByRole('button', { name: 'Undo' }).click());
  await expect(page).toHaveURL((url) => url.searchParams.get('mail') === id);
  await expect(page.locator(`a.letter[data-mail="${id}"]`)).toHaveCount(1);
  await expect(frame.sidebar.getByRole('link', { name: 'Inbox', exact: true })).toHaveAttribute('title', /\d+ to decide/);
});

test('j and k go through the list and keys typed into the search decide nothing', async ({ page }) => {
  const inbox = new InboxPage(page);
  await inbox.open('?show=all');
  const second = await inbox.idOf(inbox.lines.nth(1));
  const first = await inbox.idOf(inbox.lines.nth(0));
  await page.keyboard.press('j');
  await expect(page).toHaveURL((url) => url.searchParams.get('mail') === second);
  await expect(page.locator(`a.letter[data-mail="${second}"]`)).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('k');
  await expect(page).toHaveURL((url) => url.searchParams.get('mail') === first);

  let decisions = 0;
  page.on('request', (request) => {
    if (request.url().includes('/rpc/inbox/decide')) decisions += 1;
  });
  await page.getByRole('searchbox', { name: 'Search mails' }).pressSequentially('unix');
  await expect(page).toHaveURL(/q=unix/);
  expect(decisions).toBe(0);
});

test('each choice says what follows, and which cannot be taken back', async ({ page }) => {
  const inbox = new InboxPage(page);
  await inbox.open();
  await inbox.lines.first().click();
  for (const intent of ['interested', 'question', 'not_interested', 'out_of_office', 'referral', 'unsubscribe', 'bounce', 'other']) {
    await expect(inbox.choice(intent)).toBeVisible();
    await expect(inbox.choice(intent).locator('.choice__effect')).toContainText(/\./);
  }
  await expect(inbox.choice('unsubscribe')).toContainText('Can’t be taken back');
  await expect(inbox.choice('interested')).not.toContainText('Can’t be taken back');
});

test('on a phone the list and the mail take turns and the buttons are big', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const inbox = new InboxPage(page);
  await inbox.open();
  await expect(inbox.mail).toBeHidden();
  await inbox.lines.first().click();
  await expect(inbox.mail).toBeVisible();
  const box = await inbox.choice('interested').boundingBox();
  expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways).toBe(0);
  await page.getByRole('link', { name: 'Back to the list' }).click();
  await expect(inbox.lines.first()).toBeVisible();
});

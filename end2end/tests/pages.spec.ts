import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, open, ready, test } from '../fixtures';
import { PLACES } from '../fixtures/places';
import { Frame } from '../pages/frame';
import { BoardPage } from '../pages/board';

/** Fails on what keeps people out. */
async function accessible(page: Page): Promise<void> {
  const report = await new AxeBuilder({ page }).exclude('iframe').analyze();
  const barriers = report.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 5).map((node) => `${node.target} ${node.failureSummary}`) }));
  expect(barriers, `barriers on ${page.url()}`).toEqual([]);
}

async function whole(page: Page, title: RegExp): Promise<void> {
  await expect(page).toHaveTitle(title);
  await expect(page).toHaveTitle(/ · Overture$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.locator('.empty--bad, [aria-busy="true"]')).toHaveCount(0);
}

for (const { path, title } of PLACES) {
  test(`${path} loads by its address, in light and dark, without barriers`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await open(page, path);
    await whole(page, title);
    await accessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible(page);
  });
}

test('records open from their lists, without barriers', async ({ page }) => {
  for (const [list, link, address] of [
    ['/deals', 'table a.table__link', /\/deals\/.+/],
    ['/contacts', 'table a.table__link', /\/contacts\/.+/],
    ['/emails', 'a.table__link', /\/emails\/.+/],
  ] as const) {
    await open(page, list);
    await page.locator(link).first().click();
    await expect(page).toHaveURL(address);
    await whole(page, /./);
    await accessible(page);
    const here = page.url();
    await open(page, here);
    await whole(page, /./);
  }
});

test('an address nothing lives at says so', async ({ page, problems }) => {
  problems.expect(/404/);
  for (const path of ['/no-such-page', '/deals/0198aaaa-0000-7000-8000-000000000000', '/contacts/nonsense', '/board/none']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByText(/Nothing here|Not found/).first()).toBeVisible();
    await ready(page);
  }
});

test('the first Tab leads past the navigation', async ({ page }) => {
  await open(page, '/deals');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main#main')).toBeFocused();
});

test('the sidebar is used and folded with the keyboard, and stays folded', async ({ page }) => {
  await open(page, '/');
  const frame = new Frame(page);
  await frame.sidebar.getByRole('link', { name: 'Contacts' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/contacts/);
  const fold = page.getByRole('button', { name: 'Fold sidebar', exact: true });
  await fold.focus();
  await page.keyboard.press('Enter');
  await expect(frame.root).toHaveAttribute('data-sidebar', 'folded');
  await page.reload();
  await ready(page);
  await expect(frame.root).toHaveAttribute('data-sidebar', 'folded');
  await page.getByRole('button', { name: 'Unfold sidebar' }).click();
  await expect(frame.root).not.toHaveAttribute('data-sidebar', 'folded');
});

test('menus and dialogs give the focus back', async ({ page }) => {
  await open(page, '/');
  const account = page.locator('button[popovertarget="account-menu"]');
  await account.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Account' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Account' })).not.toBeFocused();
  await page.keyboard.press('Escape');
  await expect(account).toBeFocused();

  const board = new BoardPage(page);
  await board.open('business');
  const { deal } = await board.first((await board.stages()).from);
  await board.card(deal).hover();
  const move = board.card(deal).getByRole('button', { name: /^Move .* to…$/ });
  await move.focus();
  await page.keyboard.press('Enter');
  await expect(board.moveSheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(board.moveSheet).toBeHidden();
  await expect(move).toBeFocused();
});

test('the theme is chosen at once, remembered, and drawn by the server', async ({ page }) => {
  await open(page, '/');
  await page.locator('button[popovertarget="account-menu"]').click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const html = await (await page.request.get('/deals')).text();
  expect(html).toMatch(/<html[^>]*data-theme="dark"/);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

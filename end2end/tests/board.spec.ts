import { expect, open, test } from '../fixtures';
import { BoardPage } from '../pages/board';
import { Frame } from '../pages/frame';

// Nobody mails in this pipeline, so nothing moves a card here but the test.
const PIPELINE = 'agents';

test.use({ who: 'desifirms' });

test('a card is dragged to another stage and undo brings it back', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const [before, target] = [await board.count(from), await board.count(to)];
  const { deal, name } = await board.first(from);

  await board.drag(deal, to);
  await expect(board.cardIn(to, deal)).toBeVisible();
  await expect(board.cardIn(from, deal)).toHaveCount(0);
  await expect.poll(() => board.count(from)).toBe(before - 1);
  await expect.poll(() => board.count(to)).toBe(target + 1);

  const toast = new Frame(page).toast(`${name} moved to`);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect(board.cardIn(from, deal)).toBeVisible();
  await expect.poll(() => board.count(from)).toBe(before);
  await page.reload();
  await expect(board.cardIn(from, deal)).toBeVisible();
});

test('a move is there after reloading, and on the deal', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const { deal, name } = await board.first(from);
  const stage = await board.column(to).getByRole('heading').innerText();
  await board.drag(deal, to);
  await expect(new Frame(page).toast(`${name} moved to`)).toBeVisible();
  await board.open(PIPELINE);
  await expect(board.cardIn(to, deal)).toBeVisible();
  await board.card(deal).locator('.deal__link').click();
  await expect(page).toHaveURL(new RegExp(`/deals/${deal}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  await expect(page.locator('.ladder [aria-current="step"]')).toContainText(stage);
});

test('Escape puts a dragged card back and clicking does not drag', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const { deal } = await board.first(from);
  await board.lift(deal, to);
  await expect(board.column(to)).toHaveClass(/column--target/);
  await page.keyboard.press('Escape');
  await expect(board.column(to)).not.toHaveClass(/column--target/);
  await page.mouse.up();
  await expect(board.cardIn(from, deal)).toBeVisible();
  await expect(page.locator('.deal--lifted')).toHaveCount(0);
});

test('a card is moved with the keyboard alone', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const { deal, name } = await board.first(from);
  await board.card(deal).locator('.deal__link').focus();
  await page.keyboard.press('Space');
  await expect(page.locator('[aria-live="assertive"]')).toContainText(`${name} picked up`);
  await page.keyboard.press('ArrowRight');
  await expect(board.column(to)).toHaveClass(/column--target/);
  await page.keyboard.press('Escape');
  await expect(board.cardIn(from, deal)).toBeVisible();

  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(board.cardIn(to, deal)).toBeVisible();
  await expect(board.card(deal).locator('.deal__link')).toBeFocused();
});

test('a card is moved with its menu, and losing one asks why', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const { deal, name } = await board.first(from);
  await board.moveBySheet(deal, to);
  await expect(board.cardIn(to, deal)).toBeVisible();

  await board.moveBySheet(deal, 'not_interested');
  await expect(board.lostDialog).toContainText(`Why was ${name} lost?`);
  await board.lostDialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(board.cardIn(to, deal)).toBeVisible();

  await board.moveBySheet(deal, 'not_interested');
  await board.lostDialog.getByRole('button', { name: 'Mark as lost' }).click();
  await board.unfold('not_interested');
  await expect(board.cardIn('not_interested', deal)).toBeVisible();
  await new Frame(page).toast(`${name} moved to`).getByRole('button', { name: 'Undo' }).click();
  await expect(board.cardIn(to, deal)).toBeVisible();
});

test('two browsers see one move, and who comes late is told so', async ({ page, browser, sessionOf, problems }) => {
  const other = await browser.newContext({ storageState: await sessionOf('manager'), locale: 'en-AU' });
  problems.watch(other);
  const [mine, theirs] = [new BoardPage(page), new BoardPage(await other.newPage())];
  const live = page.waitForResponse((response) => new URL(response.url()).pathname === '/live');
  await mine.open(PIPELINE);
  await theirs.open(PIPELINE);
  const { from, to } = await mine.stages();
  await live;
  const { deal } = await mine.first(from);
  await theirs.drag(deal, to);
  await expect(theirs.cardIn(to, deal)).toBeVisible();
  await expect(mine.cardIn(to, deal)).toBeVisible();
  await other.close();
});

test('a move from a board that is out of date is refused and shows what is true', async ({ page, browser, sessionOf, problems }) => {
  const other = await browser.newContext({ storageState: await sessionOf('manager'), locale: 'en-AU' });
  problems.watch(other);
  // This board hears nothing of what others do.
  await page.route('**/live?*', (route) => route.abort());
  problems.expect(/live|ERR_FAILED/);
  const [mine, theirs] = [new BoardPage(page), new BoardPage(await other.newPage())];
  await mine.open(PIPELINE);
  await theirs.open(PIPELINE);
  const { from, to, third } = await mine.stages();
  const { deal } = await mine.first(from);
  await theirs.drag(deal, third);
  await expect(theirs.cardIn(third, deal)).toBeVisible();
  await other.close();

  problems.expect(/board\/move|4\d\d/);
  await mine.drag(deal, to);
  await expect(page.locator('.toast--bad')).toBeVisible();
  await expect(mine.cardIn(third, deal)).toBeVisible();
});

test('a server that does not answer loses nothing', async ({ page, problems }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const before = await board.count(from);
  const { deal } = await board.first(from);
  problems.expect(/ERR_FAILED|board\/move/);
  await page.route('**/rpc/board/move', (route) => route.abort());
  await board.drag(deal, to);
  await expect(page.locator('.toast--bad')).toContainText('Nothing was lost');
  await expect(board.cardIn(from, deal)).toBeVisible();
  await expect.poll(() => board.count(from)).toBe(before);
});

test('the filter is in the address and survives reloading', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open('business');
  const { from } = await board.stages();
  // A single column may hold nothing but hot deals; the whole board does not. Some cards say beside it that machines opened too.
  const all = await board.total();
  await page.getByRole('toolbar', { name: 'Filters' }).getByRole('link', { name: /^Hot/ }).click();
  await expect(page).toHaveURL(/[?&]hot=1/);
  await expect.poll(() => board.total()).toBeLessThan(all);
  await expect(board.cards(from).locator('.badge').filter({ hasNotText: /Hot|Engaged|Unverified/ })).toHaveCount(0);
  const hot = await board.total();
  await page.reload();
  await expect.poll(() => board.total()).toBe(hot);
  await page.goBack();
  await expect.poll(() => board.total()).toBe(all);

  const { name } = await board.first(from);
  const search = page.getByRole('searchbox');
  await search.fill(name);
  await expect(page).toHaveURL(/[?&]q=/);
  await expect(board.root.locator('article[data-deal]')).not.toHaveCount(0);
  await expect(board.root.locator('article[data-deal]').filter({ hasNotText: name })).toHaveCount(0);
});

test('going back before the board is taken over shows what the address says', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open('business');
  const all = await board.total();
  await page.getByRole('toolbar', { name: 'Filters' }).getByRole('link', { name: /^Hot/ }).click();
  await expect.poll(() => board.total()).toBeLessThan(all);
  let letCome = (): void => undefined;
  const wait = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route('**/pkg/split_board.*.wasm', async (route) => {
    await wait;
    await route.continue();
  });
  await page.reload({ waitUntil: 'domcontentloaded' });
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  await page.evaluate(() => history.back());
  await expect(page).not.toHaveURL(/hot=1/);
  letCome();
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  await expect.poll(() => board.total()).toBe(all);
});

test('nothing sticks out of a card or of a folded column', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open('business');
  const outside = await board.columns.evaluateAll((columns) =>
    columns.flatMap((column) => {
      const folded = column.classList.contains('column--folded');
      return [...(folded ? [column] : column.querySelectorAll('article[data-deal]'))].flatMap((box) => {
        const edge = box.getBoundingClientRect();
        return [...box.querySelectorAll(folded ? '.column__title > *' : '.deal__who, .deal__facts, .deal__foot, .deal__foot > *')]
          .filter((part) => part.checkVisibility())
          .filter((part) => {
            const { left, right } = part.getBoundingClientRect();
            return left < edge.left - 1 || right > edge.right + 1;
          })
          .map((part) => `${column.getAttribute('data-stage')}: ${part.className || part.tagName}`);
      });
    }),
  );
  expect([...new Set(outside)]).toEqual([]);
});

test('the end of a column loads what follows', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open('business');
  const stages = await board.columns.evaluateAll((columns) =>
    columns.map((column) => ({
      stage: column.getAttribute('data-stage') ?? '',
      more: column.querySelector('.column__more') !== null,
    })),
  );
  const long = stages.find((column) => column.more)?.stage;
  test.skip(long === undefined, 'no column of the demo is longer than a page');
  const stage = long ?? '';
  await board.unfold(stage);
  const total = await board.count(stage);
  await expect
    .poll(async () => {
      await board.cards(stage).last().scrollIntoViewIfNeeded();
      return board.cards(stage).count();
    })
    .toBe(total);
  const ids = await board.cards(stage).evaluateAll((cards) => cards.map((card) => card.getAttribute('data-deal')));
  expect(new Set(ids).size).toBe(total);
});

test.describe('what belongs to another brand', () => {
  test.use({ who: 'codeteki' });

  for (const path of ['/board/business', '/board/no-such-pipeline']) {
    test(`${path} is not there`, async ({ page, problems }) => {
      problems.expect(/404/);
      const answer = await page.goto(path);
      expect(answer?.status()).toBe(404);
      await expect(page.getByText(/Nothing here|Not found|doesn't exist/).first()).toBeVisible();
    });
  }

  test('a deal of another brand is not there', async ({ page, browser, sessionOf, problems }) => {
    const other = await browser.newContext({ storageState: await sessionOf('desifirms') });
    const theirs = new BoardPage(await other.newPage());
    await theirs.open(PIPELINE);
    const deal = await theirs.root.locator('article[data-deal]').first().getAttribute('data-deal');
    await other.close();
    problems.expect(/404/);
    const answer = await page.goto(`/deals/${deal}`);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText(/Nothing here|Not found|doesn't exist/).first()).toBeVisible();
  });

  test('the board leads to a board of one own brand', async ({ page }) => {
    await open(page, '/board');
    await expect(page).toHaveURL(/\/board\/[a-z]/);
    await expect(page.locator('ol.board')).toBeVisible();
  });
});

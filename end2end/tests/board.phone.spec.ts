import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { BoardPage, middle } from '../pages/board';
import { Frame } from '../pages/frame';

const PIPELINE = 'agents';

test.use({ who: 'desifirms' });

/** A finger on the screen. */
class Finger {
  private constructor(private readonly session: CDPSession) {}

  static async on(page: Page): Promise<Finger> {
    return new Finger(await page.context().newCDPSession(page));
  }

  async down(x: number, y: number): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
  }

  async move(x: number, y: number): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  }

  async up(): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
}

test('a swipe turns the page of the board and moves no card', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, index } = await board.stages();
  const { deal } = await board.first(from);
  const start = await middle(board.card(deal));
  const finger = await Finger.on(page);
  await finger.down(start.x + 100, start.y);
  for (let x = 80; x >= -120; x -= 20) await finger.move(start.x + x, start.y);
  await finger.up();
  await expect(page.getByRole('navigation', { name: 'Stages' }).getByRole('link').nth(index + 1)).toHaveAttribute('aria-current', 'true');
  await expect(board.cardIn(from, deal)).toHaveCount(1);
  await expect(page.locator('.deal--lifted')).toHaveCount(0);
});

test('a dot jumps to its stage', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const dots = page.getByRole('navigation', { name: 'Stages' }).getByRole('link');
  await dots.nth(2).click();
  await expect(dots.nth(2)).toHaveAttribute('aria-current', 'true');
  await expect(board.columns.nth(2)).toBeInViewport({ ratio: 0.5 });
});

test('a card is moved with the sheet', async ({ page }) => {
  const board = new BoardPage(page);
  await board.open(PIPELINE);
  const { from, to } = await board.stages();
  const { deal, name } = await board.first(from);
  await board.card(deal).getByRole('button', { name: /^Move .* to…$/ }).tap();
  const sheet = board.moveSheet;
  await expect(sheet).toBeVisible();
  const box = await sheet.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0)), 'the sheet stands at the foot').toBeGreaterThanOrEqual(840);
  await sheet.locator(`button[data-move-to="${to}"]`).tap();
  await expect(new Frame(page).toast(`${name} moved to`)).toBeVisible();
  await expect(board.cardIn(to, deal)).toHaveCount(1);
});

for (const path of ['/board/business', '/deals', '/contacts', '/imports', '/mailbox', '/emails', '/decisions']) {
  test(`${path} fits a phone`, async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('main#main')).toBeVisible();
    const { wide, small } = await page.evaluate(() => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      const controls = document.querySelectorAll<HTMLElement>('a[href], button, select, summary, input:not([type=hidden])');
      const small = [...controls]
        .filter((control) => control.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        // A link inside a sentence is as high as its line, and a file input or tick box is reached by its label.
        .filter((control) => !control.closest('.sr-only, .skip') && !control.matches('p a, dd a, li > span a, td a, label input'))
        .map((control) => ({ control, box: control.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && box.height > 0)
        .filter(({ control, box }) => {
          const hit = getComputedStyle(control, '::after');
          const grown = hit.content !== 'none' && hit.position === 'absolute' ? parseFloat(hit.height) : 0;
          return Math.max(box.height, grown) < 43.5;
        })
        .map(({ control, box }) => `${control.tagName} ${control.className || control.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`);
      return { wide, small: [...new Set(small)] };
    });
    expect(wide, 'pixels that scroll sideways').toBe(0);
    expect(small, 'targets under 44 px').toEqual([]);
  });
}

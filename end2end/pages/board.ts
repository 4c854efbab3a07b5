import { type Locator, type Page, expect } from '@playwright/test';
import { open } from '../fixtures';

/** The board of a pipeline. */
export class BoardPage {
  constructor(private readonly page: Page) {}

  async open(pipeline: string, query = ''): Promise<void> {
    await open(this.page, `/board/${pipeline}${query}`);
    await expect(this.columns.first()).toBeVisible();
  }

  get root(): Locator {
    return this.page.locator('ol.board');
  }

  get columns(): Locator {
    return this.root.locator('> li[data-stage]');
  }

  column(stage: string): Locator {
    return this.root.locator(`> li[data-stage="${stage}"]`);
  }

  cards(stage: string): Locator {
    return this.column(stage).locator('article[data-deal]');
  }

  card(deal: string): Locator {
    return this.page.locator(`article[data-deal="${deal}"]`);
  }

  cardIn(stage: string, deal: string): Locator {
    return this.column(stage).locator(`article[data-deal="${deal}"]`);
  }

  /** How many deals the head of a column says there are. */
  async count(stage: string): Promise<number> {
    return Number(await this.column(stage).locator('.column__count').innerText());
  }

  /** The sum of the counts of all columns. */
  async total(): Promise<number> {
    const counts = await this.columns.locator('.column__count').allInnerTexts();
    return counts.reduce((sum, count) => sum + Number(count), 0);
  }

  /** Id and name of the first deal of a column. */
  async first(stage: string): Promise<{ deal: string; name: string }> {
    const card = this.cards(stage).first();
    const deal = await card.getAttribute('data-deal');
    const name = await card.locator('.deal__link').innerText();
    if (deal === null) throw new Error(`the first card of ${stage} names no deal`);
    return { deal, name };
  }

  /** The fullest stage that has another open one to its right, that one, and a third: tests take their cards there. */
  async stages(): Promise<{ from: string; to: string; third: string; index: number }> {
    const counts = await this.columns.evaluateAll((columns) =>
      columns
        .filter((column) => column.querySelector('.column__icon--won, .column__icon--lost') === null)
        .map((column) => ({
          stage: column.getAttribute('data-stage') ?? '',
          cards: column.querySelectorAll('article[data-deal]').length,
        })),
    );
    const index = counts.slice(0, -1).reduce((best, { cards }, at) => (cards > (counts[best]?.cards ?? 0) ? at : best), 0);
    const [from, to] = [counts[index], counts[index + 1]];
    // A near one, so that a card and where it goes are in the window together.
    const third = counts[index + 2] ?? counts[index - 1];
    if (from === undefined || to === undefined || third === undefined) throw new Error('the board has too few open stages');
    return { from: from.stage, to: to.stage, third: third.stage, index };
  }

  /** Opens a folded column. */
  async unfold(stage: string): Promise<void> {
    const folded = this.column(stage).getByRole('button', { name: /^Unfold/ });
    if (await folded.isVisible()) await folded.click();
  }

  /** Carries a card into a column with the mouse. */
  async drag(deal: string, stage: string): Promise<void> {
    await this.lift(deal, stage);
    await expect(this.column(stage)).toHaveClass(/column--target/);
    await this.page.mouse.up();
  }

  /** The same without letting go. */
  async lift(deal: string, stage: string): Promise<void> {
    const head = this.column(stage).locator('.column__head');
    await middle(head);
    const from = await middle(this.card(deal));
    // Bringing the card into view may have moved the board.
    const to = await center(head);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(from.x + 12, from.y + 4, { steps: 3 });
    await this.page.mouse.move(to.x, to.y + 40, { steps: 8 });
  }

  get moveSheet(): Locator {
    return this.page.locator('dialog#move-sheet');
  }

  get lostDialog(): Locator {
    return this.page.locator('dialog#lost-dialog');
  }

  /** Chooses a stage in the "Move to…" menu of a card. */
  async moveBySheet(deal: string, stage: string): Promise<void> {
    const card = this.card(deal);
    await card.hover();
    await card.getByRole('button', { name: /^Move .* to…$/ }).click();
    await this.moveSheet.locator(`button[data-move-to="${stage}"]`).click();
    await expect(this.moveSheet).toBeHidden();
  }
}

/** The middle of what is visible of an element, in the window. */
export async function middle(element: Locator): Promise<{ x: number; y: number }> {
  await element.scrollIntoViewIfNeeded();
  return center(element);
}

/** The same without bringing it into view. */
async function center(element: Locator): Promise<{ x: number; y: number }> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('nothing there to point at');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

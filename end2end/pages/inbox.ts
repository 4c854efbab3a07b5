import type { Locator, Page } from '@playwright/test';
import { open } from '../fixtures';

/** Mails that came in, and the word of a person on each. */
export class InboxPage {
  constructor(private readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await open(this.page, `/inbox${query}`);
  }

  get lines(): Locator {
    return this.page.locator('.mailbox__items a.letter');
  }

  get mail(): Locator {
    return this.page.locator('.mailbox__mail');
  }

  get subject(): Locator {
    return this.mail.locator('.mailbox__head h2');
  }

  get text(): Locator {
    return this.mail.locator('.inbox__mail > .inbox__text');
  }

  get thought(): Locator {
    return this.mail.locator('.inbox__thought');
  }

  choice(intent: string): Locator {
    return this.mail.locator(`.choice[data-intent="${intent}"]`);
  }

  /** The id of the mail a line leads to. */
  async idOf(line: Locator): Promise<string> {
    const id = await line.getAttribute('data-mail');
    if (id === null) throw new Error('the line has no mail');
    return id;
  }

  /** Waits until the server has heard a decision. */
  async decided(action: () => Promise<void>): Promise<void> {
    const answer = this.page.waitForResponse((response) => response.url().includes('/rpc/inbox/'));
    await action();
    await answer;
  }
}

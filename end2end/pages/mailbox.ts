import { type FrameLocator, type Locator, type Page, expect } from '@playwright/test';
import { open } from '../fixtures';

/** The demo's mailbox, in which a person does what a recipient would. */
export class MailboxPage {
  constructor(private readonly page: Page) {}

  async open(): Promise<void> {
    await open(this.page, '/mailbox');
  }

  get letters(): Locator {
    return this.page.locator('.mailbox__items a.letter');
  }

  /**
   * Opens the newest mail to somebody, by its address: the newest one is on show before it is clicked, so that nothing would
   * tell when the click's answer has been drawn, and closed a menu.
   */
  async openMail(recipient: string): Promise<void> {
    await open(this.page, `/mailbox?q=${encodeURIComponent(recipient)}`);
    await open(this.page, (await this.letters.first().getAttribute('href')) ?? '');
    await expect(this.page).toHaveURL(/[?&]mail=/);
    await expect(this.mail.locator('.mailbox__head')).toContainText(recipient);
  }

  /** How many mails a recipient got. */
  async countTo(recipient: string): Promise<number> {
    await open(this.page, `/mailbox?q=${encodeURIComponent(recipient)}`);
    return this.letters.count();
  }

  get mail(): Locator {
    return this.page.locator('.mailbox__mail');
  }

  get subject(): Locator {
    return this.mail.locator('.mailbox__head h2');
  }

  /** What the mail says. */
  get body(): FrameLocator {
    return this.mail.frameLocator('iframe.mailbox__frame');
  }

  get events(): Locator {
    return this.mail.locator('.mailbox__events');
  }

  /** Presses a button of the bar and gives back what the page says came of it. */
  async act(button: string): Promise<string> {
    return this.after(() => this.bar.getByRole('button', { name: button, exact: true }).click());
  }

  /** The same from one of the bar's menus. */
  async choose(menu: string, entry: string | RegExp): Promise<string> {
    await this.bar.getByRole('button', { name: menu, exact: true }).click();
    return this.after(() => this.bar.getByRole('menuitem', { name: entry }).first().click());
  }

  /** Answers as the recipient. */
  async reply(text: string): Promise<string> {
    await this.bar.getByRole('button', { name: 'Reply…' }).click();
    const dialog = this.page.locator('dialog#reply-as');
    await dialog.getByRole('textbox', { name: 'Text' }).fill(text);
    return this.after(() => dialog.getByRole('button', { name: 'Send 1 reply' }).click());
  }

  /** Where the mail's own link to opt out leads. */
  async unsubscribePath(): Promise<string> {
    const html = (await this.mail.locator('iframe.mailbox__frame').getAttribute('srcdoc')) ?? '';
    const path = /\/u\/[A-Za-z0-9_.~-]+/.exec(html)?.[0];
    if (path === undefined) throw new Error('the mail has no link to opt out');
    return path;
  }

  private get bar(): Locator {
    return this.mail.getByRole('toolbar');
  }

  private async after(action: () => Promise<void>): Promise<string> {
    const answer = this.page.waitForResponse((response) => response.url().includes('/rpc/mailbox/'));
    await action();
    await answer;
    const toast = this.page.locator('.toast').last();
    const words = await toast.locator('p').innerText();
    await toast.getByRole('button', { name: 'Close' }).click();
    return words;
  }
}

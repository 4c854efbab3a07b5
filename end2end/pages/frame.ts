import type { Page } from '@playwright/test';
import { DemoClock } from '../fixtures/clock';

/** Sidebar, top bar and toasts around every page. */
export class Frame {
  readonly clock: DemoClock;

  constructor(private readonly page: Page) {
    this.clock = new DemoClock(page);
  }

  get root() {
    return this.page.locator('.frame');
  }

  get sidebar() {
    return this.page.getByRole('navigation', { name: 'Main', exact: true });
  }

  get main() {
    return this.page.locator('main#main');
  }

  /** The newest toast with these words. */
  toast(words: string | RegExp) {
    return this.page.locator('.toast', { hasText: words }).last();
  }

  async go(place: string): Promise<void> {
    await this.sidebar.getByRole('link', { name: place, exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.page.locator('button[popovertarget="account-menu"]').click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
  }
}

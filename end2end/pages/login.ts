import { type Page, expect } from '@playwright/test';
import { open } from '../fixtures';

/** The sign-in page. */
export class LoginPage {
  constructor(private readonly page: Page) {}

  get email() {
    return this.page.getByLabel('Email');
  }

  get password() {
    return this.page.getByLabel('Password', { exact: true });
  }

  get problem() {
    return this.page.getByRole('alert');
  }

  async open(query = ''): Promise<void> {
    await open(this.page, `/login${query}`);
  }

  /** Sends the form. */
  async signIn(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Is what the browser shows. */
  async isShown(): Promise<void> {
    await expect(this.page).toHaveURL(/\/login/);
    await expect(this.page.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  }
}

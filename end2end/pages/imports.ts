import { type Locator, type Page, expect } from '@playwright/test';
import { open, ready } from '../fixtures';

/** A file for the upload form. */
export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A CSV in UTF-8. */
export function csv(name: string, text: string): Upload {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') };
}

/** From the upload to the last row. */
export class ImportsPage {
  constructor(private readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await open(this.page, `/imports${query}`);
  }

  /** Sends a file; ends on the mapping screen, or back on the form with a problem. */
  async upload(file: Upload): Promise<void> {
    await this.page.locator('input[type="file"]').setInputFiles(file);
    const answer = this.page.waitForResponse((response) => response.url().endsWith('/imports/upload'));
    await this.page.getByRole('button', { name: 'Upload and check columns' }).click();
    await answer;
    await this.page.waitForURL((url) => url.pathname !== '/imports' || url.searchParams.has('problem'));
    await ready(this.page);
  }

  /** What the page says is wrong. */
  get problem(): Locator {
    return this.page.locator('main .notice');
  }

  /** The select of a column. */
  becomes(column: string): Locator {
    return this.page.getByLabel(`${column} becomes`, { exact: true });
  }

  /** A figure of the preview or of the result. */
  async count(label: string): Promise<number> {
    const figure = this.page.locator('dl.counts > div', { has: this.page.getByText(label, { exact: true }) }).locator('dd');
    return Number((await figure.innerText()).replace(/\D/g, ''));
  }

  async choosePipeline(name: string): Promise<void> {
    await this.page.getByLabel('Create deals in').selectOption({ label: name });
  }

  async chooseConsent(basis: string, evidence: string): Promise<void> {
    await this.page.getByLabel('Why may we write to them?').selectOption({ label: basis });
    await this.page.getByLabel('Where can that be checked?').fill(evidence);
  }

  /** Starts the import and waits until its last row is done. */
  async run(): Promise<void> {
    await this.page.getByRole('button', { name: /^Import [\d,]+ rows?$/ }).click();
    await expect(this.page.getByText(/^All .* rows? (is|are) done/)).toBeVisible({ timeout: 30_000 });
  }
}

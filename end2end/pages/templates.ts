import { type FrameLocator, type Locator, type Page, expect } from '@playwright/test';
import { open } from '../fixtures';

/** The gallery of templates, and the editor of one. */
export class TemplatesPage {
  constructor(private readonly page: Page) {}

  async open(query = ''): Promise<void> {
    await open(this.page, `/settings/templates${query}`);
  }

  async openEditor(brand: string, key: string): Promise<void> {
    await open(this.page, `/settings/templates/${brand}/${key}`);
  }

  get cards(): Locator {
    return this.page.locator('.template-card');
  }

  card(title: string): Locator {
    return this.cards.filter({ has: this.page.getByRole('link', { name: title, exact: true }) });
  }

  /** The text in the editor. */
  get source(): Locator {
    return this.page.getByLabel('Text of the mail', { exact: true });
  }

  /** The mail as the reader sees it. */
  get mail(): FrameLocator {
    return this.page.frameLocator('.template-preview__frame');
  }

  /** The subject of the preview. */
  get subject(): Locator {
    return this.page.locator('[data-subject]');
  }

  get problems(): Locator {
    return this.page.locator('[data-problems]');
  }

  get save(): Locator {
    return this.page.getByRole('button', { name: 'Save and use' });
  }

  version(number: number): Locator {
    return this.page.locator(`[data-version="${number}"]`);
  }

  /** Writes another subject and waits until the preview has it. */
  async changeSubject(subject: string): Promise<void> {
    const text = await this.source.inputValue();
    await this.source.fill(
      text.replace(/(\{%-?\s*block subject\s*-?%\})[\s\S]*?(\{%-?\s*endblock)/, (_, start: string, end: string) => start + subject + end),
    );
    await expect(this.subject).toHaveText(subject);
  }
}

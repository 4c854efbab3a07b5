import { expect, test } from '../fixtures';
import { Frame } from '../pages/frame';

/** The part of the browser's half that the imports' pages add. */
const PART = '**/pkg/split_imports.*.wasm';

test('a page stays until the next one has come', async ({ page }) => {
  let letCome = (): void => undefined;
  const wait = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route(PART, async (route) => {
    await wait;
    await route.continue();
  });
  await page.goto('/contacts');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  const asked = page.waitForRequest(PART);
  await new Frame(page).sidebar.getByRole('link', { name: 'Import' }).click();
  await asked;
  await expect(page).toHaveTitle(/^Contacts/);
  await expect(page.getByRole('table')).toBeVisible();
  letCome();
  await expect(page).toHaveURL(/\/imports/);
  await expect(page).toHaveTitle(/^Import/);
});

test('a page whose part does not come is loaded whole', async ({ page, problems }) => {
  problems.expect(/ERR_FAILED|split_imports/);
  await page.route(PART, (route) => route.abort(), { times: 1 });
  await page.goto('/contacts');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
  const loaded = page.waitForRequest((request) => request.isNavigationRequest() && request.url().includes('/imports'));
  await new Frame(page).sidebar.getByRole('link', { name: 'Import' }).click();
  await loaded;
  await expect(page).toHaveTitle(/^Import/);
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
});

test('a first page whose part does not come says so and can be read', async ({ page, problems }) => {
  problems.expect(/ERR_FAILED|split_imports/);
  await page.route(PART, (route) => route.abort());
  await page.goto('/imports');
  await expect(page.getByText('reload the page to work with it')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Import' }).first()).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
});

test('a document asks for its part beside the main module', async ({ page }) => {
  for (const [path, part] of [['/', 'today'], ['/contacts', 'lists'], ['/settings/templates', 'templates']]) {
    // More than once: what goes missing does so now and then.
    for (let time = 0; time < 5; time += 1) {
      const document = await (await page.request.get(path)).text();
      expect(document, path).toMatch(new RegExp(`<link [^>]*href="/pkg/split_${part}\\.[0-9a-f]+\\.wasm"`));
    }
  }
});

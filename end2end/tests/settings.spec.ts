import { expect, open, test } from '../fixtures';
import { Frame } from '../pages/frame';

test("a brand's AI is set, tested and switched off again", async ({ page }) => {
  const frame = new Frame(page);
  await open(page, '/settings/brands/codeteki/ai');
  await expect(frame.main).toContainText('has no AI: rules read its replies');
  await page.getByLabel('Base URL').fill('http://ai.example.com/v1');
  await page.getByLabel('Model').fill('small');
  await page.getByLabel('Calls a day').fill('many');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('Base URL')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Calls a day')).toHaveAttribute('aria-invalid', 'true');

  // A server of this machine may go without encryption and key; nothing listens there.
  await page.getByLabel('Base URL').fill('http://127.0.0.1:9/v1');
  await page.getByLabel('Calls a day').fill('20');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(frame.toast(/^AI saved/)).toBeVisible();
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(frame.main).toContainText("Doesn’t work");

  await page.getByRole('switch', { name: /Ask this AI/ }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(frame.main).toContainText('Rules alone read the replies.');
});

import { expect, open, test } from '../fixtures';
import { Frame } from '../pages/frame';
import { TemplatesPage } from '../pages/templates';

const KEY = 'business_followup3';

test.describe('a manager', () => {
  test.use({ who: 'manager' });

  test('finds a template and sees its mail', async ({ page }) => {
    const templates = new TemplatesPage(page);
    await templates.open('?brand=desifirms');
    await expect(page.locator('.settings__nav').getByRole('link', { name: 'Templates' })).toHaveAttribute('aria-current', 'page');
    const all = await templates.cards.count();
    expect(all).toBeGreaterThan(20);
    const first = templates.cards.first().locator('iframe');
    await expect(first).toHaveAttribute('sandbox', '');
    await expect(templates.cards.first().frameLocator('iframe').locator('body')).toContainText('Hi Priya,');

    await page.getByLabel('Search templates').fill('invitation');
    await expect(page).toHaveURL(/q=invitation/);
    await expect.poll(() => templates.cards.count()).toBeLessThan(all);
    await templates.card('Business invitation').getByRole('link').click();
    await expect(page).toHaveURL(/\/settings\/templates\/desifirms\/business_invitation/);
    await expect(templates.mail.locator('body')).toContainText('Hi Priya,');
  });

  test('edits, is told what is wrong, saves with the keyboard and restores', async ({ page }) => {
    const templates = new TemplatesPage(page);
    const frame = new Frame(page);
    await templates.openEditor('desifirms', KEY);
    const shipped = await templates.subject.innerText();
    await expect(templates.save).toBeDisabled();

    const text = await templates.source.inputValue();
    await templates.source.fill(text.replace('{% block content %}', '{% block content %}\n{{ contact.nickname }}'));
    await expect(templates.problems).toContainText('nickname');
    const line = text.slice(0, text.indexOf('{% block content %}')).split('\n').length + 1;
    await templates.problems.getByRole('button', { name: `Line ${line}` }).first().click();
    const selected = await templates.source.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    );
    expect(selected).toContain('contact.nickname');
    await expect(templates.save).toBeDisabled();
    await templates.source.fill(text);
    await expect(templates.problems).toHaveCount(0);

    const subject = `Edited ${Date.now()}`;
    await templates.changeSubject(subject);
    await templates.source.press('ControlOrMeta+s');
    await expect(frame.toast('Saved as version')).toBeVisible();
    await page.reload();
    await expect(templates.subject).toHaveText(subject);
    await expect(page.locator('.template-versions').getByText('In use')).toHaveCount(1);

    await templates.version(0).getByRole('button', { name: 'Use as shipped again' }).click();
    await page.getByRole('button', { name: 'Use the text as shipped' }).click();
    await expect(frame.toast('as shipped is in force')).toBeVisible();
    await expect(templates.subject).toHaveText(shipped);
    await page.reload();
    await expect(templates.subject).toHaveText(shipped);
  });

  test('a save on top of somebody else\'s is refused and keeps the text', async ({ page, context, problems }) => {
    problems.expect(/4\d\d/);
    const other = await context.newPage();
    const [mine, theirs] = [new TemplatesPage(page), new TemplatesPage(other)];
    await mine.openEditor('desifirms', KEY);
    await theirs.openEditor('desifirms', KEY);
    await theirs.changeSubject(`Theirs ${Date.now()}`);
    await theirs.save.click();
    await expect(new Frame(other).toast('Saved as version')).toBeVisible();

    const subject = `Mine ${Date.now()}`;
    await mine.changeSubject(subject);
    await mine.save.click();
    await expect(page.locator('.notice--error')).toContainText('your text is still here');
    await expect(mine.source).toHaveValue(new RegExp(subject));
    await mine.version(0).getByRole('button', { name: 'Use as shipped again' }).click();
    await page.getByRole('button', { name: 'Use the text as shipped' }).click();
    await expect(new Frame(page).toast('as shipped is in force')).toBeVisible();
    await other.close();
  });

  test('sees the mail on a phone, in the dark, as text and for a real contact', async ({ page }) => {
    const templates = new TemplatesPage(page);
    await templates.openEditor('desifirms', 'business_invitation');
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    await expect(page.locator('.template-preview__frame--phone')).toBeVisible();
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await expect(templates.mail.locator('body')).toHaveCSS('background-color', 'rgb(15, 17, 21)');
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await expect(page.locator('.template-preview__text')).toContainText('Unsubscribe:');
    await page.getByRole('button', { name: 'Desktop', exact: true }).click();

    await page.getByLabel('Sample contact').selectOption({ label: 'Only the address' });
    await expect(templates.mail.locator('body')).toContainText('Hi there,');
    await page.getByLabel('Or a contact of yours').fill('sh');
    await page.locator('.template-who__results button').first().click();
    await expect(page.locator('.template-who__chosen')).toBeVisible();
    await page.getByRole('button', { name: 'Back to the sample' }).click();
    await expect(page.locator('.template-who__chosen')).toHaveCount(0);
  });

  test('inserts a value where the cursor is', async ({ page }) => {
    const templates = new TemplatesPage(page);
    await templates.openEditor('desifirms', KEY);
    await page.getByRole('button', { name: /^Subject/ }).click();
    await page.getByText('Values to insert').click();
    await page.getByTitle('Insert contact.company', { exact: true }).click();
    await expect(templates.source).toHaveValue(/\{\{ contact\.company \}\}\{% block subject %\}/);
  });

  test('sends a test and learns what became of it', async ({ page }) => {
    const templates = new TemplatesPage(page);
    await templates.openEditor('desifirms', 'business_invitation');
    await page.getByRole('button', { name: 'Send a test' }).click();
    await expect(page.getByLabel('Send the test to')).toHaveValue('manager@overture.test');
    await page.getByRole('button', { name: 'Send 1 test' }).click();
    const fate = page.locator('[data-test-fate="sent"]');
    await expect(fate).toContainText('manager@overture.test', { timeout: 30_000 });
    await fate.getByRole('link', { name: 'Look at the mail' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('[Test]');
  });
});

test.describe('a member', () => {
  test.use({ who: 'desifirms' });

  test('reads a template and cannot change it', async ({ page }) => {
    const templates = new TemplatesPage(page);
    await templates.openEditor('desifirms', KEY);
    await expect(page.locator('pre.template-source')).toContainText('{% block subject %}');
    await expect(templates.source).toHaveCount(0);
    await expect(templates.save).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Send a test' })).toHaveCount(0);
  });

  test('finds nothing under another brand\'s or a made-up name', async ({ page, problems }) => {
    problems.expect(/404/);
    for (const path of ['codeteki/seo_services', 'desifirms/nothing_of_the_kind', 'desifirms/..%2F_layout']) {
      const answer = await page.goto(`/settings/templates/${path}`);
      expect(answer?.status(), path).toBe(404);
      const mail = await page.request.get(`/settings/templates/${path}/mail`);
      expect(mail.status(), path).toBe(404);
    }
    await open(page, '/settings/templates');
    await expect(page.locator('.dot--codeteki')).toHaveCount(0);
  });
});

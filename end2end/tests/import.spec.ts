import { expect, test } from '../fixtures';
import { ImportsPage, type Upload, csv } from '../pages/imports';

test.use({ who: 'desifirms' });

/** Part of every address of this run, so that a second run meets no contact of the first. */
const RUN = Date.now().toString(36);

const REFUSED: [string, Upload, RegExp][] = [
  ['an empty file', csv('empty.csv', ''), /no rows|empty/i],
  ['a file with headings only', csv('headings.csv', 'Email,First Name\n'), /no rows/i],
  [
    'a PDF',
    { name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\0\0\0<<>>endobj', 'latin1') },
    /not a CSV|not a text/i,
  ],
  [
    'a spreadsheet',
    { name: 'leads.xlsx', mimeType: 'text/csv', buffer: Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml', 'latin1') },
    /spreadsheet/i,
  ],
];

for (const [what, file, words] of REFUSED) {
  test(`${what} is refused with the reason and what to do`, async ({ page }) => {
    const imports = new ImportsPage(page);
    await imports.open();
    await imports.upload(file);
    await expect(page).toHaveURL(/\/imports\?problem=/);
    await expect(imports.problem).toContainText(words);
    await expect(imports.problem).toContainText('Nothing was imported');
  });
}

test('a file without a column of addresses says so before anything is imported', async ({ page, problems }) => {
  problems.expect(/422/);
  const imports = new ImportsPage(page);
  await imports.open();
  await imports.upload(csv('no-address.csv', 'First Name,Company Name,Address\nPriya,Spice Lane,12 Main St\n'));
  await expect(imports.problem.first()).toContainText(/email/i);
  // A street is no address of mail.
  await expect(imports.becomes('Address')).not.toHaveValue('email');
  await imports.choosePipeline('Business Listings');
  await imports.chooseConsent('Published address', 'https://spicelane.example');
  await page.getByRole('button', { name: 'Import 1 row' }).click();
  await expect(imports.problem.last()).toContainText(/email/i);
  await expect(page.locator('.wizard [aria-current="step"]')).toContainText('Columns');
});

test('semicolons and Windows-1252 are read as they were written', async ({ page }) => {
  const text = `E-mail;Vorname;Firma\nzoe.${RUN}@cafe-${RUN}.example;Zo\xeb;Caf\xe9 M\xfcnchen\n`;
  const imports = new ImportsPage(page);
  await imports.open();
  await imports.upload({ name: 'western.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') });
  await expect(page.locator('.file small')).toContainText('semicolon');
  await expect(page.locator('.file small')).toContainText(/windows-1252/i);
  await expect(page.locator('.mapping')).toContainText('Café München');
  await expect(imports.becomes('E-mail')).toHaveValue('email');
});

test('rows with errors are listed, explained and downloaded; the others are imported', async ({ page }) => {
  const imports = new ImportsPage(page);
  await imports.open();
  await imports.upload(
    csv(
      'mixed.csv',
      [
        'First Name,E-mail Address,Company Name',
        `Asha,asha@one-${RUN}.example,One Sweets`,
        'Ravi,ravi@@two.example,Two at signs',
        `Nila,nila@three-${RUN}.example,Three Tailors`,
        ',,',
        'Nobody,,No Address Ltd',
        `ASHA,Asha@ONE-${RUN}.example,One Sweets again`,
      ].join('\n'),
    ),
  );
  await expect(imports.becomes('E-mail Address')).toHaveValue('email');
  await expect(imports.becomes('First Name')).toHaveValue('first_name');
  await expect(imports.becomes('Company Name')).toHaveValue('company');
  await expect.poll(() => imports.count('Errors')).toBe(2);
  await page.getByRole('button', { name: /^Import/ }).last().click();
  await expect(page.getByText('Choose one.')).toBeVisible();

  await imports.choosePipeline('No deals');
  await imports.chooseConsent('Express consent', 'asked at the fair');
  await imports.run();
  expect(await imports.count('Contacts created')).toBe(2);
  expect(await imports.count('Errors')).toBe(2);
  const rows = page.locator('table tbody tr');
  await expect(rows.filter({ hasText: 'E-mail Address' }).first()).toContainText('3');

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as CSV' }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  expect(text).toMatch(/^.*row/i);
  expect(text.trim().split(/\r?\n/)).toHaveLength(3);
});

test('the form works before the browser half has loaded', async ({ page, browser, sessionOf, problems }) => {
  const plain = await browser.newContext({ storageState: await sessionOf('desifirms'), javaScriptEnabled: false });
  problems.watch(plain);
  const form = await plain.newPage();
  await form.goto('/imports');
  await form.locator('input[type="file"]').setInputFiles(csv('plain.csv', `Email\nplain@four-${RUN}.example\n`));
  await form.getByRole('button', { name: 'Upload and check columns' }).click();
  await expect(form).toHaveURL(/\/imports\/[0-9a-f-]{36}/);
  await expect(form.locator('.file')).toContainText('plain.csv');
  await plain.close();
  await page.close();
});

test('markup in a file stays text', async ({ page }) => {
  const imports = new ImportsPage(page);
  await imports.open();
  const trap = '<img src=x onerror=alert(1)>';
  await imports.upload(csv('<b>trap.csv', `Email,${trap}\ntrap@five-${RUN}.example,"${trap}"\n`));
  await expect(page.locator('.mapping__header').filter({ hasText: trap })).toBeVisible();
  await expect(page.locator('.file b')).toContainText('<b>trap.csv');
  await expect(page.locator('img[onerror]')).toHaveCount(0);
});

test.describe('another brand', () => {
  test.use({ who: 'codeteki' });

  test('sees nothing of an import, nor of its errors', async ({ page, browser, sessionOf, problems }) => {
    const theirs = await browser.newContext({ storageState: await sessionOf('desifirms') });
    const form = await theirs.newPage();
    const imports = new ImportsPage(form);
    await imports.open();
    await imports.upload(csv('theirs.csv', `Email\ntheirs@six-${RUN}.example\n`));
    const path = new URL(form.url()).pathname;
    await theirs.close();
    problems.expect(/404/);
    expect((await page.goto(path))?.status()).toBe(404);
    expect((await page.request.get(`${path}/errors.csv`)).status()).toBe(404);
  });
});

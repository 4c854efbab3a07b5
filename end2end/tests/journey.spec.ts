import type { APIRequestContext, Page } from '@playwright/test';
import { expect, open, test } from '../fixtures';
import { emailOf, password } from '../fixtures/people';
import { BoardPage } from '../pages/board';
import { Frame } from '../pages/frame';
import { ImportsPage, csv } from '../pages/imports';
import { LoginPage } from '../pages/login';
import { MailboxPage } from '../pages/mailbox';

/** Part of every address of this run, so that a second run meets no contact of the first. */
const RUN = `j${Date.now().toString(36)}`;
const to = (name: string) => `${name}@${name}-${RUN}.example`;

const YES = to('priya');
const OUT = to('arjun');
const GONE = to('simran');
const FILE = 'harris-park.csv';

/** The address of the first contact a filter shows. */
async function addressOf(page: Page, filter: string): Promise<string> {
  await open(page, `/contacts?${filter}`);
  return page.locator('table tbody tr').first().getByText(/\S+@\S+/).first().innerText();
}

function leads(known: string, suppressed: string): string {
  const rows = [
    ['Priya', 'Raman', 'Spice Lane Kitchen', YES],
    ['Arjun', 'Mehta', 'Mehta Family Lawyers', OUT],
    ['Simran', 'Gill', 'Gill Road Physio', GONE],
    ['Meera', 'Nair', 'Nair Dental', to('meera')],
    ['', '', 'Okafor & Sons Removals', `info@okafor-${RUN}.example`],
    ['Divya', '', 'Divya\u2019s Sweets', to('divya')],
    ['Kabir', 'Singh', '', to('kabir')],
    ['<b>Tara</b>', 'Das', 'Das & Co', to('tara')],
    ['Priya', 'Raman', 'Spice Lane again', YES.toUpperCase()],
    ['Ravi', 'Chandran', 'Two at signs', 'ravi@@chandran.example'],
    ['Never', 'Mail', 'Opted out before', suppressed],
    ['Known', 'Already', 'Known before', known],
  ];
  return ['First Name,Last Name,Company Name,E-mail Address', ...rows.map((row) => row.map((cell) => `"${cell}"`).join(','))].join('\n');
}

/** Uploads the leads into Business Listings. */
async function importLeads(page: Page, text: string): Promise<ImportsPage> {
  const imports = new ImportsPage(page);
  await imports.open();
  await imports.upload(csv(FILE, text));
  await imports.choosePipeline('Business Listings');
  await imports.chooseConsent('Published address', 'https://harris-park.example/directory');
  return imports;
}

/** The demo's days go by until everybody of this run has the first mail. Weekends and holidays take a few. */
async function untilMailed(page: Page, recipients: string[]): Promise<void> {
  const mailbox = new MailboxPage(page);
  for (let day = 0; day < 12; day += 1) {
    let missing = 0;
    for (const recipient of recipients) if ((await mailbox.countTo(recipient)) === 0) missing += 1;
    if (missing === 0) return;
    await new Frame(page).clock.forward('day');
  }
  throw new Error('nobody was mailed for twelve days');
}

async function stageOf(page: Page, recipient: string): Promise<string> {
  await open(page, `/contacts?q=${encodeURIComponent(recipient)}`);
  await page.locator('a.table__link').first().click();
  await page.locator('a[href^="/deals/"]').first().click();
  await expect(page).toHaveURL(/\/deals\/.+/);
  return page.locator('.ladder [aria-current="step"]').innerText();
}

/** What link checkers and mail scanners do. */
async function scan(request: APIRequestContext, path: string): Promise<void> {
  for (const fetch of [request.get(path), request.head(path), request.get(path)]) expect((await fetch).status()).toBe(200);
}

test.use({ who: 'desifirms' });
test.describe.configure({ mode: 'serial' });
test.setTimeout(120_000);

let file = '';
/** Mails somebody had when they last said no, or yes: none may follow. */
const mailsAtTheEnd = new Map<string, number>();

test('leads come in, the autopilot mails them, and one is interested', async ({ page, context }) => {
  await context.clearCookies();
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(emailOf('desifirms'), password);
  await expect(page).toHaveURL((url) => url.pathname === '/');

  file = leads(await addressOf(page, 'status=contacted'), await addressOf(page, 'status=unsubscribed'));
  const imports = await importLeads(page, file);
  await expect.poll(() => imports.count('New contacts')).toBe(8);
  expect(await imports.count('Errors')).toBe(1);
  expect(await imports.count('Never mail')).toBe(1);
  await imports.run();
  expect(await imports.count('Contacts created')).toBe(8);
  expect(await imports.count('Deals created')).toBe(8);
  expect(await imports.count('Never mail')).toBe(1);
  expect(await imports.count('Errors')).toBe(1);

  const board = new BoardPage(page);
  await board.open('business', '?q=Spice Lane Kitchen');
  await expect(board.cards('business_found').filter({ hasText: 'Spice Lane Kitchen' })).toHaveCount(1);

  await untilMailed(page, [YES]);
  const mailbox = new MailboxPage(page);
  await mailbox.openMail(YES);
  // One of the two subjects under test; which one is drawn by the deal's id.
  await expect(mailbox.subject).toHaveText(/^(Spice Lane Kitchen, a founding place|A place for your business) on Desi Firms$/);
  await expect(mailbox.body.getByText('Hi Priya,')).toBeVisible();
  await expect(mailbox.body.getByText('we would like Spice Lane Kitchen to be among the first in it')).toBeVisible();
  expect(await mailbox.letters.count()).toBe(1);

  expect(await mailbox.act('Open')).toContain('counted as person');
  expect(await mailbox.choose('Click a link of the mail', /./)).toContain('counted as person');
  await expect(mailbox.events).toContainText(/Opened.*person/i);
  await expect(mailbox.events).toContainText(/Clicked.*person/i);
  expect(await mailbox.reply("Yes, I'm interested. Please call me next week.")).toContain('Deal moved to Responded');

  mailsAtTheEnd.set(YES, 1);
  expect(await stageOf(page, YES)).toContain('Responded');
  await expect(page.locator('.timeline')).toContainText('call me next week');
});

test('whoever opts out is closed and never mailed again', async ({ page, request, browser, problems }) => {
  // Caps may have put them off to another day than the first, and a mail more may have gone out meanwhile.
  await untilMailed(page, [OUT, GONE]);
  const mailbox = new MailboxPage(page);
  await mailbox.openMail(OUT);
  mailsAtTheEnd.set(OUT, await mailbox.letters.count());
  const path = await mailbox.unsubscribePath();
  await scan(request, path);
  expect(await stageOf(page, OUT)).toMatch(/Invited|Follow Up/);

  const recipient = await browser.newContext();
  problems.watch(recipient);
  const form = await recipient.newPage();
  await form.goto(path);
  await expect(form.getByRole('heading', { level: 1 })).toContainText('Desi Firms');
  await expect(form.locator('body')).not.toContainText(OUT);
  await form.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(form.getByRole('heading', { level: 1 })).toContainText(/unsubscribed|no more/i);
  await form.goto(path);
  await expect(form.getByRole('button', { name: 'Unsubscribe' })).toHaveCount(0);
  await recipient.close();

  // Once more by the mail program: nothing new, no error.
  const again = await request.post(path, { form: { 'List-Unsubscribe': 'One-Click' } });
  expect(again.status()).toBe(200);

  await expect.poll(() => stageOf(page, OUT)).toContain('Not Interested');
  await expect(page.locator('main')).toContainText(/unsubscribed/i);
});

test('an address that does not exist closes its deal', async ({ page }) => {
  const mailbox = new MailboxPage(page);
  await mailbox.openMail(GONE);
  mailsAtTheEnd.set(GONE, await mailbox.letters.count());
  expect(await mailbox.choose('Bounce', /doesn’t exist/)).toMatch(/not mailed again/);
  await expect(mailbox.events).toContainText(/Bounce/i);
  expect(await stageOf(page, GONE)).toContain('Not Interested');
});

test('two weeks later, and after importing them again, they have had no further mail', async ({ page }) => {
  const frame = new Frame(page);
  await open(page, '/');
  await frame.clock.forward('week');
  const imports = await importLeads(page, file);
  await imports.run();
  expect(await imports.count('Contacts created')).toBe(0);
  expect(await imports.count('Deals created')).toBe(0);
  await frame.clock.forward('week');
  const mailbox = new MailboxPage(page);
  for (const [quiet, mails] of mailsAtTheEnd) expect(await mailbox.countTo(quiet), quiet).toBe(mails);
  expect(mailsAtTheEnd.size).toBe(3);
  // Somebody who has not answered got the next one, and each subject once.
  expect(await mailbox.countTo(to('meera'))).toBeGreaterThan(1);
  const subjects = await mailbox.letters.locator('.letter__subject').allInnerTexts();
  expect(new Set(subjects).size).toBe(subjects.length);
  expect(await stageOf(page, OUT)).toContain('Not Interested');
});

test('markup in a name stays text wherever it is shown', async ({ page }) => {
  const mailbox = new MailboxPage(page);
  await mailbox.openMail(to('tara'));
  await expect(mailbox.body.locator('b', { hasText: /^Tara$/ })).toHaveCount(0);
  await open(page, `/contacts?q=${encodeURIComponent(to('tara'))}`);
  await expect(page.locator('a.table__link').first()).toContainText('<b>Tara</b>');
});

import { expect, ready, test } from '../fixtures';
import { emailOf, password } from '../fixtures/people';
import { Frame } from '../pages/frame';
import { LoginPage } from '../pages/login';

test.use({ who: null });

test('signing in leads to Today', async ({ page }) => {
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(emailOf('desifirms'), password);
  await expect(page).toHaveURL((url) => url.pathname === '/');
  await expect(page).toHaveTitle(/Today/);
  await expect(page.locator('.brand-switch')).toContainText('Desi Firms');
});

test('a demo sign-in fills the form with one click', async ({ page }) => {
  const login = new LoginPage(page);
  await login.open();
  await page.getByRole('button', { name: emailOf('codeteki') }).click();
  await expect(login.email).toHaveValue(emailOf('codeteki'));
  await expect(login.password).toHaveValue(password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.pathname === '/');
  await expect(page.locator('.brand-switch')).toContainText('Codeteki');
});

test('a wrong password is said so and the address is kept', async ({ page }) => {
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(emailOf('manager'), 'not the password');
  await login.isShown();
  await expect(login.problem).toContainText("That email and password don't match");
  await expect(login.email).toHaveValue(emailOf('manager'));
  await expect(login.password).toHaveValue('');
});

test('an unknown address looks like a wrong password', async ({ page }) => {
  const login = new LoginPage(page);
  await login.open();
  await login.signIn('nobody@overture.test', password);
  await expect(login.problem).toContainText("That email and password don't match");
});

test('markup in the address stays text', async ({ page }) => {
  const address = '"><img/src=x/onerror=alert(1)>@overture.test';
  await page.goto(`/login?problem=wrong&email=${encodeURIComponent(address)}`);
  await ready(page);
  await expect(new LoginPage(page).email).toHaveValue(address);
  await expect(page.locator('img[onerror]')).toHaveCount(0);
});

test('what is typed before the page answers to clicks stays', async ({ page }) => {
  const login = new LoginPage(page);
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/login', { waitUntil: 'commit' });
  await login.email.fill(emailOf('admin'));
  await login.password.fill(password);
  go();
  await ready(page);
  await expect(login.email).toHaveValue(emailOf('admin'));
  await expect(login.password).toHaveValue(password);
});

test('many failures pause signing in, for this address only', async ({ page, request }) => {
  const email = `stranger-${Date.now()}@overture.test`;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const answer = await request.post('/session', { form: { email, password: 'guess' }, maxRedirects: 0 });
    expect(answer.headers()['location']).toContain('problem=wrong');
  }
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(email, 'another guess');
  await expect(login.problem).toContainText('Too many tries');
  await expect(login.problem).toContainText('15 minutes');
  await login.signIn(emailOf('admin'), password);
  await expect(page).toHaveURL((url) => url.pathname === '/');
});

test('signing out ends the session', async ({ page, context }) => {
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(emailOf('manager'), password);
  await ready(page);
  const session = await context.cookies();
  await new Frame(page).signOut();
  await login.isShown();
  await page.goto('/deals');
  await login.isShown();
  // The cookie of before is worth nothing any more.
  await context.addCookies(session);
  await page.goto('/deals');
  await login.isShown();
});

test('an ended session leads to the sign-in page and back to where one was', async ({ page, context }) => {
  const login = new LoginPage(page);
  await page.goto('/deals?status=won');
  await login.isShown();
  await login.signIn(emailOf('manager'), password);
  await expect(page).toHaveURL((url) => url.pathname === '/deals' && url.searchParams.get('status') === 'won');
  await ready(page);
  await context.clearCookies();
  await page.reload();
  await login.isShown();
  await login.signIn(emailOf('manager'), 'a wrong one');
  await expect(login.problem).toBeVisible();
  await login.signIn(emailOf('manager'), password);
  await expect(page).toHaveURL((url) => url.pathname === '/deals' && url.searchParams.get('status') === 'won');
});

for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\tevil', 'javascript:alert(1)']) {
  test(`after signing in nobody is led to ${JSON.stringify(next)}`, async ({ page }) => {
    const login = new LoginPage(page);
    await login.open(`?next=${encodeURIComponent(next)}`);
    await login.signIn(emailOf('admin'), password);
    await expect(page).toHaveURL((url) => url.pathname === '/' && url.search === '');
  });
}

test('the sign-in page is for people who are not signed in', async ({ page }) => {
  const login = new LoginPage(page);
  await login.open();
  await login.signIn(emailOf('admin'), password);
  await expect(page).toHaveURL((url) => url.pathname === '/');
  await page.goto('/login');
  await expect(page).toHaveURL((url) => url.pathname === '/');
});

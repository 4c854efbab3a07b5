import { defineConfig, devices } from '@playwright/test';

/** `cargo xtask test` starts a fresh demo and says here where it is and which browser to use. */
export const url = process.env.OVERTURE_URL ?? 'http://127.0.0.1:3000';

export const launchOptions = {
  executablePath: process.env.OVERTURE_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Mails are shown in sandboxed frames. In processes of their own, frames that come and go quickly make Playwright's
    // book-keeping fail ("Assertion error").
    '--disable-site-isolation-trials',
  ],
};

const phone = devices['Pixel 7'];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // One database and one clock: the tests take turns.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: url,
    launchOptions,
    locale: 'en-AU',
    timezoneId: 'Australia/Sydney',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'desktop',
      testIgnore: '**/*.phone.spec.ts',
      use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'phone',
      testMatch: '**/*.phone.spec.ts',
      use: { ...phone, viewport: { width: 390, height: 844 } },
    },
  ],
});

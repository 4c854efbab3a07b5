import { defineConfig, devices } from '@playwright/test';
import { launchOptions, url } from './playwright.config';

/** The photographs of the README: `cargo xtask screenshots`. */
export default defineConfig({
  testDir: 'screenshots',
  outputDir: 'test-results/screenshots',
  workers: 1,
  timeout: 60_000,
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    launchOptions,
    locale: 'en-AU',
    timezoneId: 'Australia/Sydney',
    reducedMotion: 'reduce',
  },
});

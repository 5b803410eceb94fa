import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  // Below a folder of its own: the tests may run as a user who cannot make or empty test-results.
  outputDir: 'test-results/e2e/files',
  preserveOutput: 'failures-only', // images and libraries of gigabytes
  timeout: 120_000, // the first start of the app on a fresh machine takes its time
  workers: 1, // one app at a time: two would share the machine's two cores and its clipboard
  forbidOnly: Boolean(process.env.CI),
  use: { trace: 'retain-on-failure' },
})

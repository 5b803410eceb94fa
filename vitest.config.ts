import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// The threads as JavaScript: Node 20 runs no TypeScript in a worker.
const workers = 'core/testing/build-workers.ts'
// The `strata` command as people run it.
const command = 'scripts/test/build-command-line.mjs'

// Kept apart so that the rest can be tested while these do not build.
const CRYPTO = ['core/crypto/**/*.test.ts']
const THREADS = ['core/{blocks,threads}/**/*.test.ts']
const ENGINE = ['core/engine/**/*.test.ts']
const WORLD = ['core/world/**/*.test.ts']

// Real files, synced: on a busy machine a test of milliseconds takes seconds.
const SLOW_DISK_MS = 60_000

export default defineConfig({
  test: {
    // Left to itself, a machine of two cores has one worker.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'core',
          environment: 'node',
          include: ['core/**/*.test.ts'],
          exclude: ['core/crash/**', ...CRYPTO, ...THREADS, ...ENGINE, ...WORLD],
        },
      },
      { test: { name: 'crypto', environment: 'node', include: CRYPTO } },
      {
        test: {
          name: 'threads',
          environment: 'node',
          testTimeout: SLOW_DISK_MS,
          include: THREADS,
          globalSetup: workers,
        },
      },
      {
        test: {
          name: 'engine',
          environment: 'node',
          testTimeout: SLOW_DISK_MS,
          include: ENGINE,
          globalSetup: workers,
        },
      },
      {
        test: {
          name: 'world',
          environment: 'node',
          testTimeout: SLOW_DISK_MS,
          include: WORLD,
          globalSetup: workers,
        },
      },
      {
        test: {
          name: 'cli',
          environment: 'node',
          testTimeout: SLOW_DISK_MS,
          hookTimeout: SLOW_DISK_MS,
          include: ['cli/**/*.test.ts'],
          globalSetup: [workers, command],
        },
      },
      {
        test: {
          name: 'shell',
          environment: 'node',
          include: ['electron/**/*.test.ts'],
          globalSetup: workers,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'window',
          environment: 'jsdom',
          include: ['renderer/**/*.test.{ts,tsx}'],
        },
      },
      {
        test: {
          name: 'scripts',
          environment: 'node',
          include: ['scripts/**/*.test.mjs'],
        },
      },
      {
        test: {
          name: 'crash',
          environment: 'node',
          include: ['core/crash/**/*.test.ts'],
          globalSetup: [workers, command, 'core/crash/crash-tally.ts'],
          testTimeout: 10 * 60_000,
        },
      },
    ],
  },
})

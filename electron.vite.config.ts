import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const OUT = process.env.STRATA_BUILD_TO ?? 'out'

// The oldest Electron in use, 33, is Chromium 130 with Node 20.18. Without targets electron-vite
// takes those of the installed package, which is newer.
const NODE_TARGET = 'node20.18'
const PAGE_TARGET = 'chrome130'

// What is bundled, with its licences: for scripts/package/licenses.mjs.
const license = { fileName: 'licenses.json' }

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      license,
      outDir: `${OUT}/main`,
      rolldownOptions: {
        input: {
          main: 'electron/main.ts',
          'engine-worker': 'core/threads/engine-worker.ts',
          'block-worker': 'core/threads/block-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      license,
      outDir: `${OUT}/preload`,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        // A sandboxed preload cannot be a module.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: PAGE_TARGET,
      license,
      outDir: `${OUT}/renderer`,
      rolldownOptions: { input: { index: 'renderer/index.html' } },
    },
  },
})

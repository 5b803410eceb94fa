// A program for plain Node: its entry and the block threads, with every library bundled in but
// the native one. Commands that are imported when they are needed become files of their own.
import { build } from 'vite'
import { root } from '../project.mjs'

/**
 * @param {string} name of the program's file, without .js
 * @param {string} entry its source, from the project's folder
 * @param {string} folder
 */
export async function bundleProgram(name, entry, folder) {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: { [name]: entry, 'block-worker': 'core/threads/block-worker.ts' },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // Less to read at every start; the names stay, for traces.
          minify: { compress: true, mangle: false },
        },
      },
    },
  })
}

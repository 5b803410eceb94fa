/** Block threads start below the engine, so the search for a thread's file lives there. */
export { workerFile } from '../blocks/worker-file.ts'

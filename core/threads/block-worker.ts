import { parentPort } from 'node:worker_threads'
import { serveBlockJobs } from '../blocks/block-thread.ts'

if (!parentPort) throw new Error('This file is started as a thread')
serveBlockJobs(parentPort)

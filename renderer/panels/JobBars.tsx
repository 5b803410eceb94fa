import type { Job } from '../../core/contract/jobs.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { progressPercent, progressWords } from '../words/job-words.ts'
import './bars.css'

/** Rows at once; more jobs are counted. */
const MAX_ROWS = 3

/** What is being worked on: how far, how fast, how long, and a way to stop it. */
export function JobBars() {
  const jobs = useApp((state) => state.jobs)
  if (jobs.length === 0) return null
  return (
    <section aria-label="Jobs" className="jobs">
      {jobs.slice(0, MAX_ROWS).map((job) => (
        <JobRow job={job} key={job.jobId} />
      ))}
      {jobs.length > MAX_ROWS && <p className="sec">and {jobs.length - MAX_ROWS} more</p>}
    </section>
  )
}

function JobRow({ job }: { job: Job }) {
  const cancel = useApp((state) => state.cancelJob)
  const percent = progressPercent(job)
  return (
    <div className="job">
      <b className="ellipsis job-title">{job.title}</b>
      <div
        aria-label={job.title}
        aria-valuemax={100}
        aria-valuemin={0}
        aria-valuenow={percent ?? undefined}
        className="progress"
        role="progressbar"
      >
        <span style={{ width: `${percent ?? 0}%` }} />
      </div>
      <span className="job-words">{progressWords(job).join(' · ')}</span>
      <Button aria-label={`Cancel: ${job.title}`} onClick={() => void cancel(job.jobId)}>
        Cancel
      </Button>
    </div>
  )
}

import type { Verbs } from '../engine/verb.ts'
import { snapshotsOf, viewOf } from '../engine/view.ts'
import { accountVerbs } from './account-verbs.ts'
import { accountsOf } from './accounts.ts'
import { awaitSnapshot } from './await-snapshot.ts'
import { newestCopies } from './copy-base.ts'
import { copySnapshot, planCopy } from './copy-snapshot.ts'
import { costReport } from './cost-report.ts'
import { deletionSaving } from './deletion-saving.ts'
import { describeSnapshots } from './describe-snapshots.ts'
import { fastRestoresOf } from './fast-restore.ts'
import { fastRestoreVerbs } from './fast-restore-verbs.ts'
import { imageVerbs } from './image-verbs.ts'
import { imagesOf } from './images.ts'
import { instanceVerbs } from './instance-verbs.ts'
import { instancesOf, snapshotSetsOf } from './instances.ts'
import { keepingVerbs } from './keeping-verbs.ts'
import { keyVerbs } from './key-verbs.ts'
import { policiesOf } from './policies.ts'
import { policyVerbs } from './policy-verbs.ts'
import { setPrices } from './prices.ts'
import { binOf } from './recycle-bin.ts'
import { addRegion, regionsOf, useRegion } from './regions.ts'

/** What the EBS documents describe around snapshots, and the view of all of it. */
export const worldVerbs = {
  ...keyVerbs,

  ...keepingVerbs,
  ...fastRestoreVerbs,
  ...policyVerbs,
  ...accountVerbs,

  describeLibrary: (context) => {
    const { library, jobs } = context
    return {
      ...viewOf(library, jobs),
      accounts: accountsOf(library),
      regions: regionsOf(library),
      newestCopies: newestCopies(library),
      bin: binOf(library),
      retentionRules: library.retentionRules.of(library.account),
      policies: policiesOf(library),
      fastRestores: fastRestoresOf(context),
      instances: instancesOf(library),
      images: imagesOf(library),
      snapshotSets: snapshotSetsOf(library),
    }
  },

  ...instanceVerbs,
  ...imageVerbs,

  planCopy: ({ library }, input) => planCopy(library, input),
  copySnapshot,
  listRegions: ({ library }) => regionsOf(library),
  addRegion,
  useRegion,

  listEvents: ({ library }, query) => library.events.list(query, library.account),
  describeSnapshots: ({ library, jobs }, input) =>
    describeSnapshots(snapshotsOf(library, jobs), library.account, input),
  awaitSnapshot,

  reportCost: costReport,
  deletionSaving,
  setPrices,
} satisfies Partial<Verbs>

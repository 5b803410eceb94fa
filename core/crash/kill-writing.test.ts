import { deedCalled } from './all-deeds.ts'
import { crashRecovering } from './crash-points.ts'
import { crashSuite } from './crash-suite.ts'
import { writingDeeds } from './making-deeds.ts'

crashSuite(({ crash, crashEach }) => {
  crashEach(writingDeeds)
  crash('recovery from a crash', (driver, workFolder) =>
    crashRecovering(driver, deedCalled('incremental snapshot'), workFolder),
  )
})

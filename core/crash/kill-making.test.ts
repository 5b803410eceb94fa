import { deedCalled } from './all-deeds.ts'
import { crashCreating, crashRecovering } from './crash-points.ts'
import { crashSuite } from './crash-suite.ts'
import { makingDeeds } from './making-deeds.ts'

crashSuite(({ crash, crashEach }) => {
  crash('create', crashCreating)
  crashEach(makingDeeds)
  crash('recovery from a crash', (driver, workFolder) =>
    crashRecovering(driver, deedCalled('incremental snapshot'), workFolder),
  )
})

import { crashCreating } from './crash-points.ts'
import { crashSuite } from './crash-suite.ts'
import { takingDeeds } from './making-deeds.ts'

crashSuite(({ crash, crashEach }) => {
  crash('create', crashCreating)
  crashEach(takingDeeds)
})

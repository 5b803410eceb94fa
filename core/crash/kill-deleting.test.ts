import { crashSuite } from './crash-suite.ts'
import { deletingDeeds } from './deleting-deeds.ts'

crashSuite(({ crashEach }) => crashEach(deletingDeeds))

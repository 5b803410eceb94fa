import type { Database } from 'better-sqlite3'
import type { AccountId } from '../contract/account.ts'
import type { ImageId, SnapshotId, VolumeId } from '../contract/ids.ts'
import { Accounts } from './accounts.ts'
import { Blocks } from './blocks.ts'
import { Copies } from './copies.ts'
import { DataKeys } from './data-keys.ts'
import { Deletions } from './deletions.ts'
import { EncryptionDefaults } from './encryption-defaults.ts'
import { Erasures } from './erasures.ts'
import { Events } from './events.ts'
import { FastRestores } from './fast-restores.ts'
import { History } from './history.ts'
import { Images } from './images.ts'
import { Instances } from './instances.ts'
import { KeyGrants } from './key-grants.ts'
import { KeyGuards } from './key-guards.ts'
import { LoadKeys } from './load-keys.ts'
import { Locks } from './locks.ts'
import { Manifests } from './manifests.ts'
import { MasterKeys } from './master-keys.ts'
import { Policies } from './policies.ts'
import { Prices } from './prices.ts'
import { PublicAccessSettings } from './public-access.ts'
import { Regions } from './regions.ts'
import { RetentionRules } from './retention-rules.ts'
import { Segments } from './segments.ts'
import { Shares } from './shares.ts'
import { SnapshotSets } from './snapshot-sets.ts'
import { Snapshots } from './snapshots.ts'
import { Tags } from './tags.ts'
import { Tierings } from './tierings.ts'
import { UnfinishedFiles } from './unfinished-files.ts'
import { VolumeLoads } from './volume-loads.ts'
import { Volumes } from './volumes.ts'

/** Every table of a library. */
export abstract class Catalog {
  readonly db: Database
  protected readonly erasures: Erasures
  readonly accounts: Accounts
  readonly shares: Shares
  readonly publicAccess: PublicAccessSettings
  readonly regions: Regions
  readonly copies: Copies
  readonly volumes: Volumes
  readonly loads: VolumeLoads
  readonly loadKeys: LoadKeys
  readonly snapshots: Snapshots
  readonly deletions: Deletions
  readonly segments: Segments
  readonly blocks: Blocks
  readonly history: History
  readonly events: Events
  readonly fastRestores: FastRestores
  readonly unfinished: UnfinishedFiles
  readonly prices: Prices
  readonly keyGuards: KeyGuards
  readonly keyGrants: KeyGrants
  readonly masterKeys: MasterKeys
  readonly dataKeys: DataKeys
  readonly manifests: Manifests
  readonly encryptionDefaults: EncryptionDefaults
  readonly locks: Locks
  readonly tierings: Tierings
  readonly retentionRules: RetentionRules
  readonly policies: Policies
  readonly instances: Instances
  readonly images: Images
  readonly snapshotSets: SnapshotSets
  readonly snapshotTags: Tags<SnapshotId>
  readonly volumeTags: Tags<VolumeId>
  readonly imageTags: Tags<ImageId>

  constructor(db: Database) {
    this.db = db
    this.erasures = new Erasures(db)
    this.accounts = new Accounts(db)
    this.shares = new Shares(db)
    this.publicAccess = new PublicAccessSettings(db)
    this.regions = new Regions(db)
    this.copies = new Copies(db)
    this.volumes = new Volumes(db)
    this.loads = new VolumeLoads(db)
    this.loadKeys = new LoadKeys(db, this.erasures)
    this.snapshots = new Snapshots(db)
    this.deletions = new Deletions(db)
    this.segments = new Segments(db)
    this.blocks = new Blocks(db)
    this.history = new History(db, () => this.account)
    this.events = new Events(db)
    this.fastRestores = new FastRestores(db)
    this.prices = new Prices(db)
    this.keyGuards = new KeyGuards(db, this.erasures)
    this.keyGrants = new KeyGrants(db)
    this.masterKeys = new MasterKeys(db, this.erasures)
    this.dataKeys = new DataKeys(db)
    this.manifests = new Manifests(db)
    this.encryptionDefaults = new EncryptionDefaults(db)
    this.locks = new Locks(db)
    this.tierings = new Tierings(db)
    this.retentionRules = new RetentionRules(db)
    this.policies = new Policies(db)
    this.instances = new Instances(db)
    this.images = new Images(db)
    this.snapshotSets = new SnapshotSets(db)
    this.snapshotTags = new Tags(db, 'snapshot_tag')
    this.volumeTags = new Tags(db, 'volume_tag')
    this.imageTags = new Tags(db, 'image_tag')
    this.unfinished = new UnfinishedFiles(db)
  }

  /** Who asks, and whose what is made will be. */
  abstract get account(): AccountId
}

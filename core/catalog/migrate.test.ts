import Sqlite, { type Database } from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FORMAT_VERSION, migrate } from './migrate.ts'
import { tags } from './migrations/0008-tags.ts'
import { keys } from './migrations/0012-keys.ts'
import { recoveryKey } from './migrations/0018-recovery-key.ts'
import { accountTags } from './migrations/0021-account-tags.ts'

const FIRST = 'CREATE TABLE a (x INTEGER NOT NULL) STRICT'
const SECOND = 'ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = x || x'
const FAILING =
  'CREATE TABLE b (x) ; INSERT INTO a VALUES (9, NULL); INSERT INTO missing VALUES (1)'

function database(): Database {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(':memory:', nativeBinding ? { nativeBinding } : {})
  onTestFinished(() => void db.close())
  return db
}

const formatOf = (db: Database) => db.pragma('user_version', { simple: true })
const tablesOf = (db: Database) =>
  db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()

describe('migrating', () => {
  test('brings an older catalog to the newest format, step by step, with its data', () => {
    const db = database()
    migrate(db, 'lab', [FIRST])
    db.exec('INSERT INTO a VALUES (4)')
    migrate(db, 'lab', [FIRST, SECOND])
    expect(formatOf(db)).toBe(2)
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 4, y: '44' }])
  })

  test('does nothing to one that is up to date', () => {
    const db = database()
    migrate(db, 'lab', [FIRST])
    migrate(db, 'lab', [FIRST])
    expect(formatOf(db)).toBe(1)
  })

  test('takes back a step that fails, keeps those before it, and can be tried again', () => {
    const db = database()
    migrate(db, 'lab', [FIRST])
    db.exec('INSERT INTO a VALUES (4)')
    expect(() => migrate(db, 'lab', [FIRST, SECOND, FAILING])).toThrow(/missing/)
    expect(formatOf(db)).toBe(2)
    expect(tablesOf(db)).toEqual(['a'])
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ x: 4, y: '44' }])
    migrate(db, 'lab', [FIRST, SECOND, 'CREATE TABLE b (x)'])
    expect(formatOf(db)).toBe(3)
  })

  test('refuses a format from the future and changes nothing', () => {
    const db = database()
    db.pragma('user_version = 9')
    expect(() => migrate(db, 'lab', [FIRST])).toThrow(
      expect.objectContaining({
        code: 'LIBRARY_NEWER',
        data: { path: 'lab', format: 9, known: 1 },
      }),
    )
    expect(formatOf(db)).toBe(9)
    expect(tablesOf(db)).toEqual([])
  })

  test('keeps what opens the keys of a library when a recovery key may, too', () => {
    const db = database()
    const [guards] = keys.split(';')
    const before = [
      { kind: 'passphrase', stretch: '{}', wrapped: Buffer.from('what opens keys') },
      { kind: 'system', stretch: null, wrapped: Buffer.from('two') },
    ]
    migrate(db, 'lab', [guards!])
    const insert = db.prepare('INSERT INTO key_guard VALUES (@kind, @stretch, @wrapped)')
    for (const row of before) insert.run(row)
    migrate(db, 'lab', [guards!, recoveryKey])
    const rows = db.prepare('SELECT kind, stretch, wrapped FROM key_guard ORDER BY kind')
    expect(rows.all()).toEqual(before)
    // Nor does a page that was freed still have what may be overwritten in its row one day.
    expect(db.serialize().toString('latin1').split('what opens keys')).toHaveLength(2)
    const add = (kind: string, madeAt: number | null) =>
      db.prepare('INSERT INTO key_guard VALUES (?, NULL, ?, ?)').run(kind, madeAt, Buffer.from('x'))
    for (const [kind, madeAt] of [
      ['recovery', null],
      ['other', 4],
    ] as const) {
      expect(() => add(kind, madeAt)).toThrow(/CHECK/)
    }
    expect(add('recovery', 4).changes).toBe(1)
  })

  test('gives the tags that are there to the owner of what they are on', () => {
    const db = database()
    const columns = 'id TEXT PRIMARY KEY, owner_id TEXT NOT NULL'
    const owned = ['snapshot', 'volume'].map((name) => `CREATE TABLE ${name} (${columns})`)
    const first = ['CREATE TABLE account (id TEXT PRIMARY KEY)', ...owned, tags].join(';')
    migrate(db, 'lab', [first])
    db.exec(`
      INSERT INTO account VALUES ('one'), ('two');
      INSERT INTO snapshot VALUES ('s1', 'one'), ('s2', 'two');
      INSERT INTO volume VALUES ('v2', 'two');
      INSERT INTO snapshot_tag VALUES ('s1', 'Keep', 'yes'), ('s1', 'Team', 'ops'), ('s2', 'Keep', '');
      INSERT INTO volume_tag VALUES ('v2', 'Backup', 'no')`)
    migrate(db, 'lab', [first, accountTags])
    const rowsOf = (table: string) =>
      db.prepare(`SELECT id, account, key, value FROM ${table} ORDER BY id, key`).raw().all()
    expect(rowsOf('snapshot_tag')).toEqual([
      ['s1', 'one', 'Keep', 'yes'],
      ['s1', 'one', 'Team', 'ops'],
      ['s2', 'two', 'Keep', ''],
    ])
    expect(rowsOf('volume_tag')).toEqual([['v2', 'two', 'Backup', 'no']])
    db.exec(`INSERT INTO snapshot_tag VALUES ('s1', 'two', 'Keep', 'theirs')`)
    db.exec(`DELETE FROM snapshot WHERE id = 's1'; DELETE FROM volume`)
    expect(rowsOf('snapshot_tag')).toEqual([['s2', 'two', 'Keep', '']])
    expect(rowsOf('volume_tag')).toEqual([])
  })

  test('makes every table strict', () => {
    const db = database()
    migrate(db, 'lab')
    expect(formatOf(db)).toBe(FORMAT_VERSION)
    const loose = db
      .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0`)
      .pluck()
      .all() as string[]
    expect(loose.filter((name) => !name.startsWith('sqlite_'))).toEqual([])
  })
})

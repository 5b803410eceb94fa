/** What an engine gets its keys opened with, by whoever runs it. */
export type KeyVault = {
  /** Asked when keys are needed; undefined: nobody gave one. */
  passphrase?: () => string | undefined
  /** Asked before the passphrase; undefined: nobody gave one. */
  recoveryKey?: () => string | undefined
  /** The operating system's store of secrets, where it has one. */
  system?: SystemStore
  /** scrypt's N of a passphrase that is set here; default: 2^17. */
  cost?: number
}

export type SystemStore = {
  seal(secret: Buffer): Promise<Buffer>
  /** @throws when it was sealed by another user or another machine */
  unseal(sealed: Buffer): Promise<Buffer>
}

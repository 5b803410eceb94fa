/** Where a machine boots from, as AWS names it. */
export const ROOT_DEVICE = '/dev/sda1'
/** AWS's names for data volumes, in order. */
export const DATA_DEVICES = [...'fghijklmnop'].map((letter) => `/dev/sd${letter}`)

/** Which key stands for commands, and how it is drawn. */
export const isMac = /mac/i.test(navigator.userAgent)

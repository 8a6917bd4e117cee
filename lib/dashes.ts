/**
 * Follows the hint to put something after `--` in messages: PowerShell on Windows takes a bare one out before npm sees it, and whoever has typed it as
 * told would be told the same again.
 */
export const quotedInPowerShell = `(in PowerShell "'--'", with its quotes)`;

/** An argument as shells read it, PowerShell too: nothing within means anything. */
export const shellQuoted = (argument: string): string => `'${argument.replaceAll("'", "'\\''")}'`;

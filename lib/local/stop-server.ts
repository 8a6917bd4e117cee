import type { Server } from 'node:http';

/** Stops at once: open connections are not waited for. */
export const stopServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

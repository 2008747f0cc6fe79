import type { Server } from 'node:http';

/** Listens on a free port, says its address on the first line of standard output, and ends with standard input. */
export function announce(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    process.stdout.write(`http://127.0.0.1:${address.port}/v1\n`);
  });
  endWithInput();
}

export function endWithInput(): void {
  process.stdin.resume().on('end', () => process.exit(0));
}

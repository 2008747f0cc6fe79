import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'gates/**/*.test.ts', 'bin/**/*.test.ts', 'examples/**/*.test.ts'],
    testTimeout: 20_000,
  },
});

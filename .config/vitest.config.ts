import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,gates,bin,examples,.github}/**/*.test.ts'],
    // Tests that start programs share two cores with each other.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

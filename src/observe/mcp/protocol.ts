/** Versions of the protocol, from its specification (read 2026-11-25). The first that speaks without a handshake. */
export const MODERN = '2026-07-28';
/** Those that begin with `initialize`, newest first. */
export const WITH_HANDSHAKE = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const;

/** Errors that only servers of `MODERN` and later answer with. */
export const MODERN_ERRORS = { headerMismatch: -32020, missingCapability: -32021, unsupportedVersion: -32022 } as const;
export const METHOD_NOT_FOUND = -32601;

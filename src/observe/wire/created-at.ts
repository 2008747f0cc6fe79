/**
 * Unix time in seconds at which written answers say they were made. A constant, because equal answers must be equal
 * bytes and no format's client acts on it: 2026-01-01T00:00:00Z.
 */
export const CREATED_AT_S = 1_767_225_600;

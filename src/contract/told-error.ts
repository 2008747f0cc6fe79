/**
 * Error of a tool call that ended without one, and whose answer says that it failed. The answer was given to the model
 * all the same, in words that others may have written: who asks what a call gave must not take this for nothing.
 */
export const TOLD_ERROR = 'told_error';

/**
 * Asks an analyst whether this very call may be made. Replace it with your queue; it returns the decision and who took
 * it, and no decision when nobody answered in time.
 *
 * Here the environment variable APPROVAL_DECISION stands in for the analyst: approve or reject. Without it nobody answers.
 */
export async function askForApproval(_call) {
  const decision = process.env['APPROVAL_DECISION'];
  if (decision !== 'approve' && decision !== 'reject') return { decision: undefined, approver: undefined };
  return { decision, approver: process.env['APPROVER'] ?? 'fraud-analyst' };
}

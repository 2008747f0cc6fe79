// npm run check: every guard that needs no build.
import { GUARDS, runGuards } from './guards.ts';

process.exitCode = (await runGuards(GUARDS, console.log)) > 0 ? 1 : 0;

import { enableCompileCache } from 'node:module';
import { runCommandLine } from './run.ts';

// Each command is a process of its own: what was compiled once is not compiled again.
enableCompileCache();

process.exitCode = await runCommandLine(process.argv.slice(2));

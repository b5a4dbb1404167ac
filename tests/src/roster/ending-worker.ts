/* A reader that a file ends. */
process.on('message', () => process.kill(process.pid, 'SIGKILL'));

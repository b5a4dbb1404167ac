/* A decoder that breaks on purpose: what it does with a photo is said by the name of the file. */
import type { RenditionRequest } from '../../../src/photos/rendition-worker.ts';

process.on('message', ({ id, request }: { id: number; request: RenditionRequest }) => {
  process.send?.({ id });
  if (request.source === 'kills') process.kill(process.pid, 'SIGKILL');
  if (request.source === 'hangs') return;
  const memory = request.source === 'fills' ? 300 * 1024 * 1024 : 60 * 1024 * 1024;
  setTimeout(() => process.send?.({ id, reply: { made: { ok: true, width: 60, height: 40 }, memory } }), 50);
});

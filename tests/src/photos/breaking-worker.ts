/* A decoder that breaks on purpose: what it does with a photo is said by the name of the file. */
import type { RenditionRequest } from '../../../src/photos/rendition-worker.ts';

process.on('message', ({ id, request }: { id: number; request: RenditionRequest }) => {
  process.send?.({ id });
  if (request.source === 'kills') process.kill(process.pid, 'SIGKILL');
  if (request.source === 'hangs') return;
  setTimeout(() => process.send?.({ id, reply: { ok: true, width: 60, height: 40 } }), 50);
});

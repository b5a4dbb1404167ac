import { httpTransport } from '../../renderer/api/http-transport.ts';
import { plainHttpTransport } from '../support/http-transport.ts';
import { serveTestKiosk } from '../support/served-kiosk.ts';
import { describeTransport } from './conformance.ts';

describeTransport('HTTP', async () => {
  const behind = await serveTestKiosk();
  return { behind, transport: plainHttpTransport(behind.address) };
});

describeTransport("the renderer's transport", async () => {
  const behind = await serveTestKiosk();
  return { behind, transport: httpTransport(behind.address) };
});

import { openTestKiosk } from '../support/served-kiosk.ts';
import { describeTransport } from './conformance.ts';

describeTransport('in process', async () => {
  const behind = await openTestKiosk();
  const { kiosk } = behind;
  return {
    behind,
    transport: {
      call: (operation, input) => kiosk.dispatch(operation, input, { role: 'screen' }),
      subscribe: (topics, onChange) =>
        kiosk.subscribe((topic) => {
          if (topics.includes(topic)) onChange(topic);
        }),
    },
  };
});

import type { SettingsDraft } from './command.ts';
import type { Decision } from './decision.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

/** Changes the settings that are given; the others stay. A notice with other words gets the next version. */
export function changeSettings({ settings }: State, { notice, ...changes }: SettingsDraft): Decision {
  const data: Settings = { ...settings, ...changes, ...(notice !== undefined && noticeIn(settings, notice)) };
  return { event: { type: 'settings-changed', data }, answer: data };
}

function noticeIn(
  { notice: before, noticeVersion }: Settings,
  notice: NonNullable<SettingsDraft['notice']> | null,
): Pick<Settings, 'notice' | 'noticeVersion'> {
  if (notice === null) return { notice, noticeVersion };
  const { text } = notice;
  if (before?.text.en === text.en && before.text.zh === text.zh) return { notice: before, noticeVersion };
  return { notice: { version: noticeVersion + 1, text }, noticeVersion: noticeVersion + 1 };
}

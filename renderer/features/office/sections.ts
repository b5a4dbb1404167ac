import {
  CalendarDays,
  ClipboardCheck,
  HeartPulse,
  Images,
  MonitorPlay,
  Quote,
  Settings,
  Users,
} from '@lucide/vue';
import { defineAsyncComponent, type Component } from 'vue';

/** One section of the office; its name is also the last part of its path. */
export interface Section {
  name: 'tonight' | 'activities' | 'people' | 'photos' | 'slogans' | 'shows' | 'settings' | 'health';
  icon: Component;
  page: Component;
}

/** The sections in the order of the menu: what an evening needs first. */
export const SECTIONS: readonly Section[] = [
  section('tonight', ClipboardCheck, () => import('./tonight/TonightSection.vue')),
  section('activities', CalendarDays, () => import('./activities/ActivitiesSection.vue')),
  section('people', Users, () => import('./people/PeopleSection.vue')),
  section('photos', Images, () => import('./photos/PhotosSection.vue')),
  section('slogans', Quote, () => import('./slogans/SlogansSection.vue')),
  section('shows', MonitorPlay, () => import('./shows/ShowsSection.vue')),
  section('settings', Settings, () => import('./kiosk/SettingsSection.vue')),
  section('health', HeartPulse, () => import('./health/HealthSection.vue')),
];

function section(
  name: Section['name'],
  icon: Component,
  load: () => Promise<{ default: Component }>,
): Section {
  return { name, icon, page: defineAsyncComponent(load) };
}

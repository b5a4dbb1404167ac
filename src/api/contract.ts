import type { z } from 'zod';
import { accessApi } from './access-api.ts';
import { activitiesApi } from './activities-api.ts';
import { attemptsApi } from './attempts-api.ts';
import { attendanceApi } from './attendance-api.ts';
import { badgesApi } from './badges-api.ts';
import { boardApi } from './board-api.ts';
import { evidenceApi } from './evidence-api.ts';
import { exportsApi } from './exports-api.ts';
import { guestsApi } from './guests-api.ts';
import { leavesApi } from './leaves-api.ts';
import { peopleApi } from './people-api.ts';
import { photosApi } from './photos-api.ts';
import { placesApi } from './places-api.ts';
import { rollCallApi } from './roll-call-api.ts';
import { settingsApi } from './settings-api.ts';
import { showsApi } from './shows-api.ts';
import { signOutsApi } from './sign-outs-api.ts';
import { slogansApi } from './slogans-api.ts';
import { systemApi } from './system-api.ts';
import { upkeepApi } from './upkeep-api.ts';
import { wallApi } from './wall-api.ts';

/** Every operation of the kiosk: the one map that client, hosts, command line and tests are typed from. */
export const contract = {
  ...accessApi,
  ...activitiesApi,
  ...attemptsApi,
  ...attendanceApi,
  ...badgesApi,
  ...boardApi,
  ...evidenceApi,
  ...exportsApi,
  ...guestsApi,
  ...leavesApi,
  ...peopleApi,
  ...photosApi,
  ...placesApi,
  ...rollCallApi,
  ...settingsApi,
  ...showsApi,
  ...signOutsApi,
  ...slogansApi,
  ...systemApi,
  ...upkeepApi,
  ...wallApi,
};

/** The type of the whole contract. */
export type Contract = typeof contract;
/** The name of an operation, such as `attendance.signIn`. */
export type OperationName = keyof Contract;

/** What a caller sends: defaults may be left out. */
export type CallInput<Name extends OperationName> = z.input<Contract[Name]['input']>;
/** What a handler receives: checked, defaults filled in. */
export type Input<Name extends OperationName> = z.output<Contract[Name]['input']>;
/** What a call resolves with. */
export type Result<Name extends OperationName> = NonNullable<Contract[Name]['result']>;

/** What a screen can ask to be told about. */
export const TOPICS = [
  'activities',
  'people',
  'attendance',
  'photos',
  'slogans',
  'shows',
  'settings',
  'imports',
  'health',
] as const;
/** One of the topics. */
export type Topic = (typeof TOPICS)[number];

import manifest from '../../package.json' with { type: 'json' };

/** The version of this Muster, from package.json. */
export const VERSION = manifest.version;

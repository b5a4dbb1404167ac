/** Packages with native parts: they stay as they are beside the bundles, outside the archive. */
export const NATIVE_PACKAGES = ['sharp', 'fs-native-extensions', '@node-rs/crc32'];

/** The part of fs-native-extensions 1.5 that the store uses; the package brings no types. */
declare module 'fs-native-extensions' {
  /** Asks the kernel for an exclusive lock on the file; false when another descriptor has it. */
  export function tryLock(fd: number): boolean;
}

/*
 * `node --import` this file: each sync of a file, and each write of journal lines, which a synced file has on the disk
 * once it is done, takes half a second more and says on stderr when it begins and when it is done.
 */
import fs, { type NoParamCallback } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fdatasync, write } = fs;
const SLOWER = 500;

function slowDatasync(fd: number, callback: NoParamCallback): void {
  console.error('sync begins');
  setTimeout(() => {
    fdatasync(fd, (error) => {
      console.error('sync done');
      callback(error);
    });
  }, SLOWER);
}

type Written = (error: NodeJS.ErrnoException | null, written: number, buffer: Buffer) => void;

function slowWrite(...args: [fd: number, buffer: unknown, ...rest: unknown[]]): void {
  const callback = args.at(-1) as Written;
  const pass = (then: Written) =>
    Reflect.apply(write as (...all: unknown[]) => void, fs, [...args.slice(0, -1), then]);
  if (!(args[1] instanceof Buffer) || !args[1].subarray(0, 7).equals(Buffer.from('{"crc":')))
    return pass(callback);
  console.error('sync begins');
  setTimeout(() => {
    pass((error, written, buffer) => {
      console.error('sync done');
      callback(error, written, buffer);
    });
  }, SLOWER);
}

Object.assign(fs, { fdatasync: slowDatasync, write: slowWrite });
syncBuiltinESMExports();

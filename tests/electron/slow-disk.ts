/*
 * `node --import` this file: each sync of a file takes half a second more and says on stderr when it begins and when
 * it is done.
 */
import fs, { type NoParamCallback } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { fdatasync } = fs;

function slowDatasync(fd: number, callback: NoParamCallback): void {
  console.error('sync begins');
  setTimeout(() => {
    fdatasync(fd, (error) => {
      console.error('sync done');
      callback(error);
    });
  }, 500);
}

Object.assign(fs, { fdatasync: slowDatasync });
syncBuiltinESMExports();

export const officeSlogans = {};

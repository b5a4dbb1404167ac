export const officePeople = {};

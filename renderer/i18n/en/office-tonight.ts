export const officeTonight = {};

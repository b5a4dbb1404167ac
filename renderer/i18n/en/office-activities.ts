export const officeActivities = {};

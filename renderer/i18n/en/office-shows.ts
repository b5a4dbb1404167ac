export const officeShows = {};

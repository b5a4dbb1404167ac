export const officeKiosk = {};

export const officePhotos = {};

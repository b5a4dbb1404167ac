/** Does a dialog lie on the page, so that keys are meant for it? */
export function isDialogOpen(): boolean {
  return document.querySelector('dialog:modal') !== null;
}

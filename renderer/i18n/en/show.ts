export const show = {
  welcome: 'Welcome',
  signedIn: 'signed in',
  complete: 'The wall is full: everybody is here!',
  corner: 'Time and count',
  paused: 'Paused',
  controls: 'Show',
  back: 'Back',
  pause: 'Pause',
  next: 'Next',
  leave: 'End the show',
  unknown: 'This show is not there',
  unknownHint:
    'No show has the id "{showId}" (any more). Choose another one for this screen in the office, or start the first show.',
  startDefault: 'Start the first show',
};

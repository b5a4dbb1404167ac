export const staff = {
  open: 'Office',
  pin: 'PIN',
  enter: 'Enter the PIN of the office',
  first: 'Choose a PIN for the office',
  firstHint: '6 to 12 digits. There is no default: whoever knows it can change everything here.',
  again: 'The same PIN once more',
  different: 'The two PINs differ. Please choose again.',
  wait: 'Next try in {seconds} s. Signing in goes on meanwhile.',
  checking: 'Checking …',
  delete: 'Delete',
  done: 'Done',
  forgotten: 'PIN forgotten? On this machine: muster pin reset',
};

/** What `muster --help` prints. */
export const USAGE = `muster: the kiosk from a terminal

  muster serve [--port N] [--sample]        serve the kiosk to browsers on this machine (default port 6878)
  muster call OPERATION [JSON]              call one operation of the kiosk; makes a gestureId where one is needed
  muster import people FILE                 .xlsx or .csv; header: name,staffNo,team,category or 姓名,工号,班组,类别
  muster import photos PATH --album NAME    a photo, or a folder with all below it
  muster export ACTIVITY --format csv|xlsx|json --out FILE [--date 2026-11-22]
  muster sample remove                      remove the sample activity with its people, slogans and photos
  muster pin reset                          forget the office's PIN; the next one at the kiosk sets a new one
  muster backup FILE.zip [--without-photos] write everything into one file, and check it
  muster restore FILE.zip                   put a backup in the place of the data, which are kept beside it
  muster erase PERSON… --yes                erase people from every file, by staff number or id; nothing brings them
                                            back; without --yes it only says who they are
  muster verify [FILE.zip]                  check every record and every photo, or a backup

  --data FOLDER   the data folder (else MUSTER_DATA, else the system's folder for user data); acts as staff
  --url ADDRESS   a kiosk that is being served; acts as a screen, with the PIN as staff
  --pin DIGITS    the office's PIN (better in MUSTER_PIN: others on this machine see a command's words)
  --json          print one JSON object
  --version       print the version

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
`;

/** The command line was written wrongly; says how, in one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

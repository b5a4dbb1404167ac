/** Two short tones, in hertz and seconds. */
const TONES = [
  { frequency: 659, from: 0, to: 0.14 },
  { frequency: 880, from: 0.13, to: 0.34 },
];
const LOUDNESS = 0.2;
/** So long a tone takes to swell and to fade, so that it does not click. */
const EDGE = 0.02;

/** A sound that comes so much later, in milliseconds, tells nobody anything. */
const LATE = 1000;

let context: AudioContext | undefined;

/** Plays two rising tones. A machine without sound, or one that does not allow it, is silent: nothing waits for it. */
export function playChime(): void {
  play().catch((error: unknown) => console.warn('no sound:', error));
}

async function play(): Promise<void> {
  context ??= new AudioContext();
  const asked = performance.now();
  if (context.state === 'suspended') await context.resume();
  // Allowed only later, by the next touch: that one's tones are enough.
  if (performance.now() - asked > LATE) return;
  const now = context.currentTime;
  for (const { frequency, from, to } of TONES) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, now + from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, now + from + EDGE);
    volume.gain.setValueAtTime(LOUDNESS, now + to - EDGE);
    volume.gain.linearRampToValueAtTime(0, now + to);
    tone.connect(volume).connect(context.destination);
    tone.start(now + from);
    tone.stop(now + to);
  }
}

import { CallRefused } from '../../src/api/client.ts';

/**
 * Makes saving safe to try again: the same input that got no answer is sent with the same gesture id, so that it
 * counts once. What was answered, a "no" included, or was typed anew is a new gesture.
 * @returns `once(input, send)`, which calls `send` with the gesture id and resolves or throws as it does
 */
export function useGesture() {
  let unanswered: { input: string; gestureId: string } | undefined;

  return async function once<T>(input: unknown, send: (gestureId: string) => Promise<T>): Promise<T> {
    const typed = JSON.stringify(input);
    if (unanswered?.input !== typed) unanswered = { input: typed, gestureId: crypto.randomUUID() };
    try {
      const answer = await send(unanswered.gestureId);
      unanswered = undefined;
      return answer;
    } catch (error) {
      if (error instanceof CallRefused) unanswered = undefined;
      throw error;
    }
  };
}

export { useGesture } from '../../../composables/useGesture.ts';

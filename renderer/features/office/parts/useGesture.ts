export { useGesture } from '../../../stores/useGesture.ts';

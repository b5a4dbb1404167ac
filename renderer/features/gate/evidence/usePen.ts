import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';
import { MOST_STROKES, type Point, type Stroke } from './strokes.ts';

/** The pen's width, in parts of the box's width: 1.7 mm on the standard screen. */
const PEN = 0.005;

/**
 * Draws what one finger or pen writes on the canvas, without waiting for the next frame of the page. Other fingers are
 * not listened to meanwhile.
 */
export function usePen(canvas: Ref<HTMLCanvasElement | null>) {
  const strokes = ref<Stroke[]>([]);
  let context: CanvasRenderingContext2D | undefined;
  let pointer: number | undefined;

  /** Fits the canvas to its place and draws what is there already again. */
  function fit(): void {
    const box = canvas.value;
    if (!box || box.clientWidth === 0) return;
    const density = window.devicePixelRatio;
    box.width = Math.round(box.clientWidth * density);
    box.height = Math.round(box.clientHeight * density);
    context = box.getContext('2d', { desynchronized: true }) ?? undefined;
    if (!context) throw new Error('this screen gives no canvas to draw on');
    context.lineCap = context.lineJoin = 'round';
    context.lineWidth = PEN * box.width;
    context.strokeStyle = context.fillStyle = getComputedStyle(box).color;
    for (const stroke of strokes.value) stroke.forEach((_, index) => drawTo(stroke, index));
  }

  /** The stroke from the point before to this one, rounded at the corners; the first is a dot. */
  function drawTo(stroke: Stroke, index: number): void {
    if (!context) return;
    const { width } = context.canvas;
    const at = (point: Point) => [point.x * width, point.y * width] as const;
    const [here, before, earlier] = [stroke[index]!, stroke[index - 1], stroke[index - 2]];
    context.beginPath();
    if (!before) {
      context.arc(...at(here), (PEN * width) / 2, 0, 2 * Math.PI);
      context.fill();
      return;
    }
    context.moveTo(...at(earlier ? between(earlier, before) : before));
    context.quadraticCurveTo(...at(before), ...at(between(before, here)));
    context.lineTo(...at(here));
    context.stroke();
  }

  function placeOf(event: PointerEvent): Point {
    const { left, top, width } = canvas.value!.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / width };
  }

  function add(stroke: Stroke, event: PointerEvent): void {
    const point = placeOf(event);
    const before = stroke.at(-1);
    if (before?.x === point.x && before.y === point.y) return;
    stroke.push(point);
    drawTo(stroke, stroke.length - 1);
  }

  function onDown(event: PointerEvent): void {
    if (pointer !== undefined || event.button > 0 || strokes.value.length >= MOST_STROKES) return;
    pointer = event.pointerId;
    canvas.value?.setPointerCapture(pointer);
    strokes.value = [...strokes.value, []];
    add(strokes.value.at(-1)!, event);
  }

  function onMove(event: PointerEvent): void {
    if (event.pointerId !== pointer) return;
    const stroke = strokes.value.at(-1);
    if (!stroke) return;
    // All places since the last frame, where the browser tells them.
    const moves = event.getCoalescedEvents();
    for (const move of moves.length > 0 ? moves : [event]) add(stroke, move);
  }

  function onUp(event: PointerEvent): void {
    if (event.pointerId === pointer) pointer = undefined;
  }

  function clear(): void {
    strokes.value = [];
    pointer = undefined;
    fit();
  }

  const listeners = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onUp };
  const observer = new ResizeObserver(fit);
  onMounted(() => {
    const box = canvas.value!;
    for (const [name, listener] of Object.entries(listeners))
      box.addEventListener(name as keyof typeof listeners, listener);
    observer.observe(box);
  });
  onBeforeUnmount(() => observer.disconnect());

  /** The box's height by its width. */
  function ratio(): number {
    const { clientWidth, clientHeight } = canvas.value!;
    return clientHeight / clientWidth;
  }

  return { strokes, clear, ratio };
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

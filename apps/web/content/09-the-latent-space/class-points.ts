/** A colour for each digit, told apart on both grounds. */
export const classColours = [
  "#4e79a7",
  "#f28e2b",
  "#e15759",
  "#76b7b2",
  "#59a14f",
  "#b8961f",
  "#b07aa1",
  "#ff9da7",
  "#9c755f",
  "#8a8580",
];

/** Pixels along the side of a drawn plane. */
export const planeSide = 640;

/** Draws a dot for each test digit. @param placeOf a point's place, from 0 to 1 along both sides */
export function drawClassPoints(
  context: CanvasRenderingContext2D,
  labels: Uint8Array,
  placeOf: (point: number) => readonly [x: number, y: number],
): void {
  labels.forEach((label, point) => {
    const [x, y] = placeOf(point);
    context.fillStyle = classColours[label] as string;
    context.fillRect(x * planeSide - 1, y * planeSide - 1, 2.5, 2.5);
  });
}

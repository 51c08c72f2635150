/** Loss of every batch at the beginning of trainings, as lines on one logarithmic scale. */
export function StepsCurve({
  runs,
  batches,
}: {
  runs: readonly { name: string; loss: Float32Array }[];
  batches: number;
}) {
  const [width, height, left] = [640, 240, 44];
  const [low, high] = [Math.log10(0.01), Math.log10(0.3)];
  const x = (at: number) => left + (at / (batches - 1)) * (width - left);
  const y = (loss: number) => height - ((Math.log10(Math.max(loss, 0.01)) - low) / (high - low)) * height;
  const line = (loss: Float32Array) =>
    Array.from(loss.subarray(0, batches), (value, at) => `${at ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`);
  return (
    <figure className="wide steps-curve">
      <svg viewBox={`0 -10 ${width} ${height + 30}`} role="img" aria-label="Loss of the first batches">
        {[0.01, 0.02, 0.05, 0.1, 0.2].map((level) => (
          <g key={level}>
            <line x1={left} x2={width} y1={y(level)} y2={y(level)} className="curve-grid" />
            <text x={left - 6} y={y(level) + 4} textAnchor="end" className="curve-text">
              {level}
            </text>
          </g>
        ))}
        {runs.map(({ name, loss }, at) => (
          <g key={name} data-line={at}>
            <path d={line(loss).join("")} />
            <text
              x={width}
              y={y(loss[batches - 1] as number) + (at === 0 ? -10 : 24)}
              textAnchor="end"
              className="curve-text"
            >
              {name}: {(loss[batches - 1] as number).toFixed(4)}
            </text>
          </g>
        ))}
        <text x={left} y={height + 16} className="curve-text">
          batch 1
        </text>
        <text x={width} y={height + 16} textAnchor="end" className="curve-text">
          batch {batches}
        </text>
      </svg>
      <figcaption>Training loss of every batch, as the trainer recorded it.</figcaption>
    </figure>
  );
}

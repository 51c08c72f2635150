"use client";
import { countValues, printedShape, type Stage, stageValues } from "@autoencoder/model";
import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { codeBarsPath } from "./code-bars.ts";
import { stripScales } from "./map-scale.ts";
import { counted } from "./numbers.ts";
import { toRgba } from "./pixels.ts";
import { stripOf, stripPixels } from "./strip.ts";

export interface StripFigureProps {
  stages: readonly Stage[];
  /** The strip of the digit that the page opens on, drawn by the server: shown until there are numbers. */
  image: string;
  /** The numbers of all stages; undefined until the network is live. */
  all: Float32Array | undefined;
  latent: Float32Array | undefined;
  /** The stages in full light; undefined for all. */
  lit?: readonly string[] | undefined;
  /** Where a stage leads. */
  href: (stage: Stage) => string;
  /** Opens a stage on this page; the link is followed without it. */
  onOpen?: ((stage: Stage) => void) | undefined;
}

/** Every number that the network makes for one digit, one pixel each; the code magnified, its true size beneath. */
export function StripFigure({ stages, image, all, latent, lit, href, onOpen }: StripFigureProps) {
  const strip = useMemo(() => stripOf(stages), [stages]);
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !all) return;
    const { data, ...pixels } = stripPixels(strip, all, stripScales(stages, all));
    const painted = toRgba({ ...pixels, data });
    context.putImageData(new ImageData(painted, pixels.width, pixels.height), 0, 0);
  }, [strip, stages, all]);
  const part = (pixels: number, of: number) => `${(pixels / of) * 100}%`;
  const follow = (event: MouseEvent, stage: Stage) => {
    if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(stage);
  };
  // One stop for the Tab key; arrow keys walk from layer to layer.
  const [walked, setWalked] = useState<Stage>();
  const reached = walked ?? stages.find(({ name }) => name === lit?.[0]) ?? stages[0];
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const to =
      event.key === "Home" ? 0 : event.key === "End" ? stages.length - 1 : step && (reached?.index ?? 0) + step;
    const link = to === undefined ? undefined : event.currentTarget.querySelectorAll("a")[to];
    if (!link) return;
    event.preventDefault();
    link.focus();
  };
  const code = strip.blocks.find(({ stage }) => stage.part === "code");
  const shown = latent ?? (all && code && stageValues(all, code.stage));
  return (
    <figure className="fig-strip">
      <div className="fig-strip-frame" style={{ aspectRatio: `${strip.width} / ${strip.height}` }}>
        <img src={image} alt="" width={strip.width} height={strip.height} hidden={all !== undefined} />
        <canvas ref={canvas} width={strip.width} height={strip.height} hidden={all === undefined} />
        {code && shown && <CodeOnStrip latent={shown} x={code.x} width={code.width} strip={strip} />}
        {strip.blocks.map(({ stage, x, width }) => (
          <span
            key={stage.name}
            className="fig-strip-mark"
            data-part={stage.part}
            data-dim={lit !== undefined && !lit.includes(stage.name)}
            style={{ left: part(x, strip.width), width: part(width, strip.width) }}
          />
        ))}
        <div role="toolbar" aria-label="The layers on the strip" className="fig-strip-stages" onKeyDown={walk}>
          {strip.blocks.map(({ stage, x, width }) => (
            <a
              key={stage.name}
              href={href(stage)}
              className="fig-strip-stage"
              tabIndex={stage === reached ? 0 : -1}
              aria-current={lit?.length === 1 && lit[0] === stage.name ? "true" : undefined}
              title={stageTitle(stage)}
              style={{ left: part(x, strip.width), width: part(width, strip.width) }}
              onFocus={() => setWalked(stage)}
              onClick={(event) => follow(event, stage)}
            >
              <span className="visually-hidden">{stageTitle(stage)}</span>
            </a>
          ))}
        </div>
      </div>
      <details className="fig-strip-list">
        <summary>
          <span data-part="encoder">encoder</span>
          <span data-part="code">{counted(code?.stage.values ?? 0)}</span>
          <span data-part="decoder">decoder</span>
        </summary>
        <ol>
          {stages.map((stage) => (
            <li key={stage.name} data-part={stage.part}>
              <a href={href(stage)} onClick={(event) => follow(event, stage)}>
                <code>{stage.name}</code>
                <span className="number">
                  {printedShape(stage.shape)} = {counted(stage.values)}
                </span>
              </a>
            </li>
          ))}
        </ol>
      </details>
      <figcaption>
        <b className="number">{counted(countValues(stages))}</b> numbers for one digit, one pixel each. The right half
        is drawn from only <b className="number">{counted(code?.stage.values ?? 0)}</b> of them: the small square is
        their true size.
      </figcaption>
    </figure>
  );
}

function stageTitle(stage: Stage): string {
  return `${stage.name}: ${printedShape(stage.shape)}, ${counted(stage.values)} numbers`;
}

/** The code as bars, and beneath them the same numbers at the strip's own scale, one pixel each. */
function CodeOnStrip({
  latent,
  x,
  width,
  strip,
}: {
  latent: Float32Array;
  x: number;
  width: number;
  strip: { width: number; height: number };
}) {
  const barsHeight = 88;
  const side = Math.ceil(Math.sqrt(latent.length));
  const left = x + (width - side) / 2;
  const top = strip.height - side - 2;
  return (
    <svg viewBox={`0 0 ${strip.width} ${strip.height}`} aria-hidden="true" focusable="false">
      <path
        data-part="bars"
        d={codeBarsPath(latent, { width, height: barsHeight, gap: 0.5 })}
        transform={`translate(${x} 2)`}
      />
      <path
        data-part="hairlines"
        d={`M${x} ${barsHeight + 4}L${left} ${top}M${x + width} ${barsHeight + 4}L${left + side} ${top}`}
      />
      <rect data-part="true-size" x={left} y={top} width={side} height={side} />
    </svg>
  );
}

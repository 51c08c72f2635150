"use client";
import { countValues, layerValues, type MapLayer, printedShape } from "@autoencoder/model";
import { type KeyboardEvent, type MouseEvent, memo, useMemo, useRef, useState } from "react";
import { stripScales } from "./map-scale.ts";
import { counted } from "./numbers.ts";
import { layerMark, stripOf } from "./strip.ts";
import { BlockCode, BlockPicture } from "./strip-block.tsx";
import { useAveraging } from "./use-averaging.ts";

export interface StripFigureProps {
  stages: readonly MapLayer[];
  /** The strip of the digit that the page opens on, drawn by the server: shown until there are numbers. */
  image: string;
  /** The numbers of all stages; undefined until the network is live. */
  all: Float32Array | undefined;
  latent: Float32Array | undefined;
  /** The stages in full light; undefined for all. */
  lit?: readonly string[] | undefined;
  /** Where a stage leads. */
  href: (stage: MapLayer) => string;
  /** Opens a stage on this page; the link is followed without it. */
  onOpen?: ((stage: MapLayer) => void) | undefined;
}

/** A block at least so many pixels wide has its stage's name under it, not the short mark alone. */
const roomForName = 112;

/**
 * Every number that the network makes for one digit, one pixel each; the code magnified, its true size beneath.
 * One, a half or a third of a pixel wide a number, as there is room; where blocks are too narrow for a thumb, three zones
 * open the layers as a list.
 */
export const StripFigure = memo(function StripFigure(props: StripFigureProps) {
  const { stages, image, all, latent, lit, href, onOpen } = props;
  const strip = useMemo(() => stripOf(stages), [stages]);
  const scales = useMemo(() => all && stripScales(stages, all), [stages, all]);
  const frame = useRef<HTMLDivElement>(null);
  const averaged = useAveraging(frame, strip.blocks[0]?.width ?? 1);
  const follow = (event: MouseEvent, stage: MapLayer) => {
    if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(stage);
  };
  // One stop for the Tab key; arrow keys walk from layer to layer.
  const [walked, setWalked] = useState<MapLayer>();
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
  const code = stages.find(({ part }) => part === "code");
  const numbers = (stage: MapLayer) => all && layerValues(all, stage);
  return (
    <figure className="fig-strip">
      <div ref={frame} role="toolbar" aria-label="The layers on the strip" className="fig-strip-frame" onKeyDown={walk}>
        {strip.blocks.map((block) => {
          const { stage } = block;
          const title = stageTitle(stage);
          return (
            <div
              key={stage.name}
              className="fig-strip-block"
              data-part={stage.part}
              data-dim={lit !== undefined && !lit.includes(stage.name)}
              style={{ "--numbers": block.width } as React.CSSProperties}
            >
              {stage === code ? (
                <BlockCode latent={latent ?? numbers(stage)} />
              ) : (
                <BlockPicture
                  {...{ block, image, strip, averaged }}
                  values={numbers(stage)}
                  scale={scales?.[stage.index]}
                />
              )}
              <span className="fig-strip-label" aria-hidden="true">
                {layerMark(stages, stage)} {block.width >= roomForName && <code>{stage.name}</code>}
              </span>
              <a
                href={href(stage)}
                className="fig-strip-stage"
                tabIndex={stage === reached ? 0 : -1}
                aria-current={lit?.length === 1 && lit[0] === stage.name ? "true" : undefined}
                title={title}
                onFocus={() => setWalked(stage)}
                onClick={(event) => follow(event, stage)}
              >
                <span className="visually-hidden">{title}</span>
              </a>
            </div>
          );
        })}
      </div>
      <StageList stages={stages} code={code} href={href} onFollow={follow} />
      <figcaption>
        <b className="number">{counted(countValues(stages))}</b> numbers for one digit, one pixel each. The right half
        is drawn from only <b className="number">{counted(code?.values ?? 0)}</b> of them: the small square is their
        true size.
      </figcaption>
    </figure>
  );
});

interface StageListProps {
  stages: readonly MapLayer[];
  code: MapLayer | undefined;
  href: (stage: MapLayer) => string;
  onFollow: (event: MouseEvent, stage: MapLayer) => void;
}

/** The strip under a thumb: its three zones open the layers as rows, at the zone's first. */
function StageList({ stages, code, href, onFollow }: StageListProps) {
  const openAt = (event: MouseEvent<HTMLElement>) => {
    const part = (event.target as Element).closest("[data-part]")?.getAttribute("data-part");
    const list = event.currentTarget.parentElement as HTMLDetailsElement;
    if (!part || list.open) return; // by key, or to close it: as any fold
    event.preventDefault();
    list.open = true;
    list.querySelector<HTMLElement>(`li[data-part="${part}"] a`)?.focus();
  };
  return (
    <details className="fig-strip-list">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a button; the click only says which zone it met */}
      <summary onClick={openAt}>
        <span data-part="encoder">encoder</span>
        <span data-part="code">{counted(code?.values ?? 0)}</span>
        <span data-part="decoder">decoder</span>
      </summary>
      <ol>
        {stages.map((stage) => (
          <li key={stage.name} data-part={stage.part}>
            <a href={href(stage)} onClick={(event) => onFollow(event, stage)}>
              <code>{stage.name}</code>
              <span className="number">
                {printedShape(stage.shape)} = {counted(stage.values)}
              </span>
            </a>
          </li>
        ))}
      </ol>
    </details>
  );
}

function stageTitle(stage: MapLayer): string {
  return `${stage.name}: ${printedShape(stage.shape)}, ${counted(stage.values)} numbers`;
}

"use client";
import type { MapLayer, Place, TermGroup, ValueTerms } from "@autoencoder/model";
import {
  Button,
  CopyFigure,
  fixed,
  groupName,
  PoolFigure,
  PositionGrid,
  ProductGrids,
  placeText,
  WaterfallTable,
} from "@autoencoder/ui";
import { useState } from "react";
import styles from "./arithmetic.module.css";
import { SumLine } from "./sum-line.tsx";
import { largestGroup } from "./view.ts";

export interface ArithmeticProps {
  layer: MapLayer;
  /** The layer before: what the terms read. */
  from: MapLayer;
  place: Place;
  terms: ValueTerms;
  /** What the part of the page is called; a page with several needs a name for each. */
  label?: string;
  /** Goes to a value of the layer before. */
  onGo: (place: Partial<Place>) => void;
}

/** One value, computed again on the page: its sum, the products of one part of it, or the copy or winner it is. */
export function Arithmetic({
  layer,
  from,
  place,
  terms,
  label = "The arithmetic of the chosen value",
  onGo,
}: ArithmeticProps) {
  return (
    <section className={styles.arithmetic} data-part="arithmetic" aria-label={label}>
      <h3>
        {placeText(layer, place)} = <b className="number">{fixed(terms.value)}</b>
      </h3>
      {terms.kind === "input" && <p>A pixel of the input: 0 is black, 1 is white. Nothing is computed here.</p>}
      {terms.kind === "pool" && <PoolFigure terms={terms} onGo={onGo} />}
      {terms.kind === "copy" && <CopyFigure terms={terms} onGo={onGo} />}
      {terms.kind === "sum" && <Sum {...{ from, terms, onGo }} />}
    </section>
  );
}

interface SumProps extends Pick<ArithmeticProps, "from" | "onGo"> {
  terms: Extract<ValueTerms, { kind: "sum" }>;
}

/** A sum in one line, its groups, and the products of the one that is chosen: at first that of the largest part. */
function Sum({ from, terms, onGo }: SumProps) {
  const [asked, setAsked] = useState<number>();
  const chosen = asked !== undefined && asked < terms.groups.length ? asked : largestGroup(terms.groups);
  return (
    <>
      <p className={styles.oneLine} data-part="sum">
        <SumLine {...terms} />
      </p>
      {terms.by === "position" && <PositionGrid terms={terms} chosen={chosen} onChoose={setAsked} />}
      <WaterfallTable terms={terms} chosen={chosen} onChoose={setAsked} />
      {chosen !== undefined && (
        <Products terms={terms} group={terms.groups[chosen] as TermGroup} from={from} onGo={onGo} />
      )}
    </>
  );
}

interface ProductsProps extends SumProps {
  group: TermGroup;
}

function Products({ terms, group, from, onGo }: ProductsProps) {
  const { window } = terms;
  const middle = (start: number, length: number, size: number) =>
    Math.max(0, Math.min(size - 1, start + Math.floor((length - 1) / 2)));
  const target =
    terms.by === "channel"
      ? {
          row: middle(window.top, window.height, from.shape[0]),
          column: middle(window.left, window.width, from.shape[1]),
          channel: group.channel ?? 0,
        }
      : { row: group.row ?? 0, column: group.column ?? 0, channel: group.channel ?? 0 };
  return (
    <div data-part="products">
      <h4>
        {groupName(group, terms.by)} of {from.name}, in full
      </h4>
      <ProductGrids terms={terms} group={group} />
      <Button quiet onClick={() => onGo(target)}>
        go to this input
      </Button>
    </div>
  );
}

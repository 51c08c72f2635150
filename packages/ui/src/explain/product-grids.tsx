import type { SumTerms, TermGroup } from "@autoencoder/model";
import type { CSSProperties, ReactNode } from "react";
import { greatestSize } from "../charts/code-bars.ts";
import { fixed, printedSum, signed, withoutZero } from "../format.ts";
import { Scroll } from "../primitives/table.tsx";
import styles from "./product-grids.module.css";
import { Rounded } from "./rounded.tsx";

/** Decimals in the grids: as many as in the sum below them, and where letters are too large for that. The style sheet shows one of both. */
const widths = { wide: 4, narrow: 2 } as const;

/** One group of a sum in full: what is read × its weights = products, and their sum. */
export function ProductGrids({ terms, group }: { terms: SumTerms; group: TermGroup }) {
  const products = Array.from(group.inputs, (input, at) => input * (group.weights[at] as number));
  if (terms.by !== "channel") return <ProductList group={group} products={products} by={terms.by} />;
  const { width, top, left } = terms.window;
  return (
    <div className={styles.products}>
      <p className={styles.corner} data-part="corner">
        The window’s top left corner: row {fixed(top, 0)}, column {fixed(left, 0)}.
      </p>
      <Grid name="reads" values={[...group.inputs]} width={width} print={fixed} />
      <div className={styles.step}>
        <span aria-hidden="true">×</span>
        <Grid name="kernel" values={[...group.weights]} width={width} signs print={signed} />
      </div>
      <div className={styles.step}>
        <span aria-hidden="true">=</span>
        <Grid name="products" values={products} width={width} signs print={signed} />
      </div>
      <Total products={products} subtotal={group.subtotal} decimals={widths} />
    </div>
  );
}

interface GridProps {
  name: string;
  values: readonly number[];
  width: number;
  /** Whether negative values are vermilion and positive ones teal. */
  signs?: boolean;
  print: (value: number, decimals: number) => string;
}

function Grid({ name, values, width, signs = false, print }: GridProps) {
  const greatest = greatestSize(values) || 1;
  const rows = Array.from({ length: values.length / width }, (_, row) => row);
  return (
    <table className={styles.grid} data-signs={signs} data-part={signs ? undefined : "patch"}>
      <caption>{name}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {values.slice(row * width, (row + 1) * width).map((value, column) => {
              const strength = Math.round((Math.abs(value) / greatest) * 100);
              // What is read is shown in its own grey, as the map shows it.
              const grey = signs || value < 0 ? undefined : Math.round((value / Math.max(1, greatest)) * 255);
              return (
                <td
                  key={column}
                  data-sign={value < 0 ? "negative" : "positive"}
                  data-grey={grey === undefined ? undefined : grey > 115 ? "light" : "dark"}
                  style={{ "--strength": `${strength}%`, "--grey": grey } as CSSProperties}
                >
                  <OfWidth decimals={widths}>{(decimals) => withoutZero(print(value, decimals))}</OfWidth>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Products of a position's channels, or the one of a latent value, largest first. */
function ProductList({ group, products, by }: { group: TermGroup; products: readonly number[]; by: SumTerms["by"] }) {
  const sorted = products
    .map((product, at) => ({ product, at }))
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return (
    <div className={styles.list}>
      <Scroll label="The products of this group">
        <table>
          <thead>
            <tr>
              <th scope="col">{by === "position" ? "map" : "value"}</th>
              <th scope="col">reads</th>
              <th scope="col">× weight</th>
              <th scope="col">= product</th>
            </tr>
          </thead>
          <tbody className="number">
            {sorted.map(({ product, at }) => (
              <tr key={at}>
                <th scope="row">{by === "position" ? at : (group.channel ?? 0)}</th>
                <td>{fixed(group.inputs[at] as number)}</td>
                <td>{signed(group.weights[at] as number, 4)}</td>
                <td>{signed(product, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Total products={products} subtotal={group.subtotal} />
    </div>
  );
}

interface TotalProps {
  products: readonly number[];
  subtotal: number;
  decimals?: { wide: number; narrow: number };
}

/** The sum of the products; where they add up to another number as they are printed, that is said. */
function Total({ products, subtotal, decimals = { wide: 4, narrow: 4 } }: TotalProps) {
  return (
    <p className={styles.total} data-testid="total">
      {products.length} {products.length === 1 ? "product" : "products"}, together{" "}
      <b className="number">{signed(subtotal, 4)}</b>
      <OfWidth decimals={decimals}>
        {(decimals) => <Rounded printed={printedSum(products, subtotal, decimals, 4).printed} />}
      </OfWidth>
    </p>
  );
}

interface OfWidthProps {
  decimals: { wide: number; narrow: number };
  children: (decimals: number) => ReactNode;
}

/** What is printed with as many decimals as there is room for. */
function OfWidth({ decimals: { wide, narrow }, children }: OfWidthProps) {
  if (wide === narrow) return children(wide);
  return (
    <>
      <span className={styles.wide}>{children(wide)}</span>
      <span className={styles.narrow}>{children(narrow)}</span>
    </>
  );
}

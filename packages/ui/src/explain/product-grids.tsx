import type { SumTerms, TermGroup } from "@autoencoder/model";
import { greatestSize } from "../charts/code-bars.ts";
import { fixed, roundingLeft, signed } from "../format.ts";
import { Scroll } from "../primitives/table.tsx";
import styles from "./product-grids.module.css";

/** One group of a sum in full: what is read × its weights = products, and their sum. */
export function ProductGrids({ terms, group }: { terms: SumTerms; group: TermGroup }) {
  const products = Array.from(group.inputs, (input, at) => input * (group.weights[at] as number));
  if (terms.by !== "channel") return <ProductList group={group} products={products} by={terms.by} />;
  const { width, top, left } = terms.window;
  const place = (at: number) => ({ row: top + Math.floor(at / width), column: left + (at % width) });
  return (
    <div className={styles.products}>
      <Grid name="reads" values={[...group.inputs]} width={width} place={place} print={(value) => fixed(value, 3)} />
      <span aria-hidden="true">×</span>
      <Grid name="kernel" values={[...group.weights]} width={width} signs print={(value) => signed(value, 3)} />
      <span aria-hidden="true">=</span>
      <Grid name="products" values={products} width={width} signs print={(value) => signed(value, 3)} />
      <Total products={products} subtotal={group.subtotal} decimals={3} />
    </div>
  );
}

interface GridProps {
  name: string;
  values: readonly number[];
  width: number;
  /** Whether negative values are vermilion and positive ones teal. */
  signs?: boolean;
  place?: (at: number) => { row: number; column: number };
  print: (value: number) => string;
}

function Grid({ name, values, width, signs = false, place, print }: GridProps) {
  const greatest = greatestSize(values) || 1;
  const rows = Array.from({ length: values.length / width }, (_, row) => row);
  const first = place?.(0);
  return (
    <table className={styles.grid} data-signs={signs} data-part={place && "patch"}>
      <caption>
        {name}
        {first && (
          <small>
            {" "}
            from row {fixed(first.row, 0)}, col {fixed(first.column, 0)}
          </small>
        )}
      </caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {values.slice(row * width, (row + 1) * width).map((value, column) => {
              const strength = Math.round((Math.abs(value) / greatest) * 100);
              return (
                <td
                  key={column}
                  data-sign={value < 0 ? "negative" : "positive"}
                  style={{ "--strength": `${strength}%` } as React.CSSProperties}
                >
                  {print(value)}
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
                <th scope="row">{by === "position" ? at : (group.channel ?? 0) + 1}</th>
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

/** The sum of what is displayed; what rounding adds or takes away stands beside it. */
function Total({
  products,
  subtotal,
  decimals = 4,
}: {
  products: readonly number[];
  subtotal: number;
  decimals?: number;
}) {
  const left = roundingLeft(products, subtotal, decimals);
  return (
    <p className={`${styles.total} number`} data-testid="total">
      {products.length} {products.length === 1 ? "product" : "products"}
      {Math.abs(left) > 5e-5 && <>, rounding of what you see {signed(left, 4)}</>}: together{" "}
      <b>{signed(subtotal, 4)}</b>
    </p>
  );
}

import { lossWith, outputsWith } from "@autoencoder/model";
import {
  Button,
  fixed,
  LineChart,
  linearScale,
  linePath,
  pageLook,
  Slider,
  signed,
  Tile,
  Tiles,
  Toggle,
} from "@autoencoder/ui";
import { useMemo, useState } from "react";
import styles from "./one-knob.module.css";
import { type FirstKnob, type Knob, useKnob } from "./use-knob.ts";

/** A step as a share of the one that a valley of this curvature would need: too short, about right, over the other side. */
const rates = { small: 0.15, medium: 0.7, "too large": 2.2 } as const;
type Rate = keyof typeof rates;

const size = { width: 400, height: 240, left: 60, right: 16, top: 12, bottom: 52 };
/** Where the knob stands at first, from −1 to 1: turned away from where training left it. */
const turned = -0.75;

/** One weight to turn: what is painted, the error at every place of the knob, its slope, and steps against the slope. */
export function LiveOneKnob({ layer, first }: { layer: string; first: FirstKnob }) {
  const knob = useKnob(layer, first);
  const { one, target, reach } = knob;
  const [place, setPlace] = useState<number>(turned);
  const [trail, setTrail] = useState<readonly number[]>([]);
  const [rate, setRate] = useState<Rate>("medium");
  const weight = one.weight + place * reach;
  const { loss, slope } = lossWith(one, target, weight);
  const learningRate = useMemo(() => {
    const { curvature } = lossWith(one, target, one.weight);
    return Number((rates[rate] / curvature).toPrecision(2));
  }, [one, target, rate]);
  const painted = useMemo(() => outputsWith(one, weight), [one, weight]);
  const turn = (to: number) => {
    setTrail([]);
    setPlace(to);
  };
  const next = Math.max(-1, Math.min(1, (weight - learningRate * slope - one.weight) / reach));
  const step = () => {
    setTrail((before) => [...before, place].slice(-20));
    setPlace(next);
  };
  return (
    <figure className={`wide ${styles.figure}`} data-testid="one-knob">
      <div>
        <Tiles className={styles.pictures}>
          <Tile pixels={target} name="the target" label="the digit, which is the target" />
          <Tile
            pixels={painted}
            name="painted"
            part="decoder"
            label={`painted with this weight at ${signed(weight, 2)}`}
            note={`error ${fixed(loss, 4)}`}
          />
        </Tiles>
        <p className={styles.which}>
          The weight in row {one.place.row}, column {one.place.column} of the kernel of <code>{layer}</code>, for map{" "}
          {one.place.channel}. Training left it at <b className="number">{signed(one.weight, 3)}</b>.
        </p>
      </div>
      <div>
        <LossOfKnob knob={knob} place={place} trail={trail} slope={slope} />
        <div
          className={styles.slider}
          style={{
            paddingLeft: `${(100 * size.left) / size.width}%`,
            paddingRight: `${(100 * size.right) / size.width}%`,
          }}
        >
          <Slider
            aria-label="The weight"
            min={-1}
            max={1}
            step={0.01}
            value={place}
            aria-valuetext={`${signed(weight, 2)}; error ${fixed(loss, 4)}, gradient ${signed(slope, 4)}`}
            onChoose={turn}
          />
        </div>
        <p className={styles.numbers} data-part="numbers" aria-live="polite">
          weight <b className="number">{signed(weight, 3)}</b>, error <b className="number">{fixed(loss, 4)}</b>,
          gradient <b className="number">{signed(slope, 4)}</b>
        </p>
        <div className={styles.step}>
          <Button onClick={step} data-part="step">
            step
          </Button>
          <Toggle<Rate>
            label="Learning rate"
            options={Object.keys(rates) as Rate[]}
            value={rate}
            onChoose={setRate}
            name={(name) => name}
          />
          <Button quiet onClick={() => turn(turned)}>
            start again
          </Button>
        </div>
        <p className={styles.numbers} data-part="rule">
          next weight = {signed(weight, 3)} − <span className="number">{learningRate}</span> · ({signed(slope, 4)}) ={" "}
          <b className="number">{signed(one.weight + next * reach, 3)}</b>
          {Math.abs(next) === 1 && ", the end of the knob"}
        </p>
      </div>
      <figcaption>
        The curve is the mean squared error of this one picture for every value of the weight, all other weights as they
        are. The straight line touches it at the dot: its steepness is the gradient. A step goes against it, by the
        gradient times the learning rate.
      </figcaption>
    </figure>
  );
}

interface LossOfKnobProps {
  knob: Knob;
  place: number;
  trail: readonly number[];
  slope: number;
}

/** The error for every place of the knob, where it stands, and where it stood before the last steps. */
function LossOfKnob({ knob: { one, target, reach }, place, trail, slope }: LossOfKnobProps) {
  const weightAt = (at: number) => one.weight + at * reach;
  const lossAt = (at: number) => lossWith(one, target, weightAt(at)).loss;
  const curve = useMemo(() => {
    return Array.from({ length: 81 }, (_, at) => {
      const x = at / 40 - 1;
      return [x, lossWith(one, target, one.weight + x * reach).loss] as const;
    });
  }, [one, target, reach]);
  const greatest = Math.max(...curve.map(([, loss]) => loss));
  const x = linearScale([-1, 1], [size.left, size.width - size.right]);
  const y = linearScale([0, greatest], [size.height - size.bottom, size.top]);
  const path = linePath<readonly [number, number]>(
    ([at]) => x(at),
    ([, loss]) => y(loss),
  );
  const loss = lossAt(place);
  const tangent = [-0.35, 0.35]
    .map((by) => [place + by, loss + slope * by * reach] as const)
    .map(([at, value]) => [Math.max(-1, Math.min(1, at)), Math.max(0, Math.min(greatest, value))] as const);
  return (
    <LineChart
      size={size}
      look={pageLook}
      label={`The error by the weight; at the dot it is ${fixed(loss, 4)}`}
      x={{
        ticks: [-1, -0.5, 0, 0.5, 1].map((at) => ({ at: x(at), label: signed(weightAt(at), 1) })),
        name: "value of the weight",
      }}
      y={{ ticks: y.ticks(4).map((value) => ({ at: y(value), label: String(value) })), name: "error" }}
      lines={[
        { name: "error", path: path(curve) ?? "", colour: "var(--ink)", width: 2 },
        { name: "tangent", path: path(tangent) ?? "", colour: "var(--latent-fill)", width: 2 },
      ]}
      dots={[
        ...trail.map((at) => ({ x: x(at), y: y(lossAt(at)), radius: 4, colour: "var(--ink-soft)" })),
        { x: x(place), y: y(loss), radius: 7, colour: "var(--latent-fill)" },
      ]}
      svg={{ className: styles.chart }}
    />
  );
}

"use client";
import { greyByte } from "@autoencoder/model";
import { Button, fixed, integer, Slider, Toggle } from "@autoencoder/ui";
import { useEffect, useMemo, useRef, useState } from "react";
import { canGoOn, picturesOf, type TrainingSettings } from "../../training/settings.ts";
import { drawnPixels } from "../digit/current-digit.ts";
import { decodeBytes } from "../digit/encoding.ts";
import { type Asked, readAddress, writeAddress } from "./address.ts";
import { BeforeAndNow } from "./before-and-now.tsx";
import { Bet } from "./bet.tsx";
import type { CommittedStart } from "./committed-start.ts";
import { EngineChoice } from "./engine-choice.tsx";
import { asksForBench, EngineBench } from "./engine-lazy.ts";
import { GradientNorms, Inside, Kernels, Sums, type View, ViewChoice } from "./inside.tsx";
import { forget, readKept, readLeft, takeUp } from "./kept.ts";
import { frameAt, type KeptTraining, type Lane, type LaneState, wantedOf } from "./lane.ts";
import { LaneView } from "./lane-view.tsx";
import { Lines, type Series } from "./lines.tsx";
import pca from "./pca.json";
import { Plane } from "./plane.tsx";
import { type CommittedSeries, SeedWall } from "./seed-wall.tsx";
import { BiasSlider, RateChoice, SettingsPanel } from "./settings-panel.tsx";
import { SlowMotion } from "./slow-motion.tsx";
import { stories, storyNames } from "./stories.ts";
import { TakeAlong } from "./take-along.tsx";
import styles from "./train.module.css";
import { Transport } from "./transport.tsx";
import { useFocusKept } from "./use-focus-kept.ts";
import { useLanes, withOwn } from "./use-lanes.ts";
import { otherSeed, useSeedWall } from "./use-seed-wall.ts";
import { Stamp, verdictOf } from "./verdict.tsx";

export interface LiveTrainingProps {
  /** Numbers of the test digits that are watched, and their pixels in base64. */
  watched: { indices: number[]; pixels: string };
  /** The committed training's loss of some of its first steps, to be compared with. */
  committed: CommittedLosses | undefined;
  /** How often committed series of seeds printed black. */
  series: readonly CommittedSeries[];
  /** Committed runs whose weights a training can begin from. */
  starts: readonly CommittedStart[];
}

interface CommittedLosses {
  name: string;
  losses: { step: number; value: number }[];
  /** Pictures that it was trained on, and how many were in a batch. */
  images: number;
  batchSize: number;
}

const opening: Asked = {
  story: undefined,
  settings: stories.learns.settings,
  beside: undefined,
  pauseAt: "never",
  workers: undefined,
};

/** The real network in training, in this page: run it, steer it, look inside, and go back. */
export function LiveTraining({ watched, committed, series, starts }: LiveTrainingProps) {
  const [asked, setAsked] = useAsked();
  const [own, setOwn] = useDrawnDigit();
  const trainings = useLanes(watched.indices, own, starts);
  const { lanes, states, loading } = trainings;
  const [first] = states;
  const [shown, setShown] = useState<number>();
  const [chosen, setView] = useView(lanes);
  const [left, setLeft] = useLeft();
  const [here, setHere] = useState(false); // the server has drawn it until script takes it over
  useEffect(() => setHere(true), []);
  const { story: asksFor } = asked;
  useEffect(() => {
    if (asksFor) setView(stories[asksFor].view);
  }, [asksFor, setView]);
  const originals = useMemo(() => withOwn(decodeBytes(watched.pixels), own), [watched.pixels, own]);
  const running = states.some((state) => state.running);
  const settings = first ? wantedOf(first) : asked.settings;
  const view = chosen === "plane" && settings.latent !== 2 ? "loss" : chosen;
  const newest = first?.frames.at(-1);
  const verdict = first && verdictOf(first, newest);
  const step = shown ?? newest?.step ?? 0;
  const looked = first && frameAt(first, shown);

  /** @param pauseAt where it pauses by itself, if not where the reader has asked for it */
  const restart = async (next: Asked, run: boolean, pauseAt = next.pauseAt) => {
    setAsked(next);
    setShown(undefined);
    setLeft([]);
    trainings.forget();
    const outcome = await trainings.begin({ ...next, pauseAt }, { run });
    // The training before stands or runs on, and the address says which that is.
    if (outcome === "failed" && first) setAsked({ ...asked, settings });
  };
  const begin = (next: Asked, run: boolean) => {
    wall.stop();
    void restart(next, run);
  };
  const tell = (what: Parameters<Lane["ask"]>[0]) => {
    setShown(undefined);
    if (what.do !== "pause") trainings.forget();
    for (const lane of lanes) lane.ask(what);
  };
  const change = (next: TrainingSettings) => {
    const wanted = withoutRunsBias(settings, { ...asked, settings: next });
    if (!first) return setAsked(wanted);
    if (!canGoOn(settings, next)) return begin(wanted, running);
    setAsked(wanted);
    setShown(undefined);
    trainings.forget();
    wall.leaveOut();
    lanes[0]?.ask({ do: "change", settings: next });
    // The second lane differs in its bias and in nothing else.
    if (asked.beside !== undefined) lanes[1]?.ask({ do: "change", settings: { ...next, outputBias: asked.beside } });
  };
  // A seed of a series is run to its end: it pauses nowhere.
  const wall = useSeedWall(
    lanes[0],
    first,
    (seed) =>
      void restart(
        withoutRunsBias(settings, { ...asked, settings: { ...settings, seed, start: "random" } }),
        true,
        "never",
      ),
  );
  const goesBack = useRef(false);
  const told = first?.settings;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each state that is gone back to
  useEffect(() => {
    if (!told || !goesBack.current) return;
    goesBack.current = false;
    setAsked({ ...asked, settings: told });
  }, [told]);
  const stage = useRef<HTMLDivElement>(null);
  const focus = useFocusKept(stage);
  const story = stories[asked.story ?? "learns"];
  const knob = {
    settings,
    begun: first !== undefined,
    meanPixelLogit: first?.baselines?.meanPixelLogit,
    onChange: change,
  };
  const trained = starts.find(({ latent, filters }) => latent === settings.latent && filters === settings.filters);

  return (
    <div
      {...focus}
      className={`wide ${styles.training}`}
      data-testid="training"
      data-running={running}
      data-state={here ? (first?.phase ?? "idle") : "drawn"}
    >
      <fieldset className={styles.stories} aria-label="Three trainings to begin with">
        {storyNames.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={asked.story === name && first !== undefined}
            onClick={() => {
              begin({ ...asked, story: name, settings: stories[name].settings, beside: undefined }, true);
              showDigits(stage.current);
            }}
          >
            <b>{stories[name].name}</b>
            <span>{stories[name].about}</span>
          </button>
        ))}
      </fieldset>
      {!first &&
        left.map((kept, at) => (
          <p key={kept.visit ?? at} className="notice" data-testid="kept">
            {at === 0 ? "A training of an earlier visit" : "One from before that"} stands at step {integer(kept.step)}.{" "}
            <Button
              quiet
              onClick={() => {
                const next = { ...asked, story: undefined, settings: kept.settings, beside: undefined };
                setAsked(next);
                if (kept.drawing) setOwn(kept.drawing);
                takeUp(kept);
                trainings.begin(next, { run: false, kept });
                setLeft([]);
              }}
            >
              go on with it
            </Button>{" "}
            <Button
              quiet
              onClick={() => {
                setLeft(left.filter((one) => one !== kept));
                void forget(kept);
              }}
            >
              forget it
            </Button>
          </p>
        ))}
      <div className={styles.bar}>
        <Transport
          running={running || loading !== undefined}
          ready={first?.phase === "ready"}
          seed={settings.seed}
          onRun={() => (first && first.phase !== "gone" ? tell({ do: "run" }) : begin(asked, true))}
          onPause={() => (loading ? trainings.end() : tell({ do: "pause" }))}
          onStep={() => tell({ do: "step" })}
          onEpoch={() => tell({ do: "epoch" })}
          onStart={() => {
            setShown(undefined);
            for (const [at, lane] of lanes.entries()) {
              lane.ask({ do: "begin", settings: wantedOf(states[at] as LaneState) });
            }
          }}
          onDice={() =>
            begin({ ...asked, settings: { ...settings, seed: otherSeed(settings.seed) } }, first !== undefined)
          }
        />
        <p className={styles.status} data-testid="status">
          {statusOf(first, loading, trainings.problem)}
        </p>
      </div>
      {story.knob === "outputBias" && <BiasSlider {...knob} />}
      {story.knob === "learningRate" && <RateChoice {...knob} />}
      <p aria-live="polite" className="visually-hidden" data-testid="spoken">
        {spokenOf(first, verdict)}
      </p>
      {first && trainings.problem && (
        <p className="notice" role="alert" data-testid="not-begun">
          {trainings.problem} The training before is still here.
        </p>
      )}
      {trainings.notice && (
        <p className="notice" role="status" data-testid="notice">
          {trainings.notice}
        </p>
      )}
      {first?.problem && (
        <p className="notice" role="alert">
          {first.problem}{" "}
          {first.phase === "gone" && (
            <Button
              quiet
              onClick={() => readKept().then((found) => trainings.begin(asked, { run: true, kept: found }))}
            >
              go on from the last step that was kept
            </Button>
          )}
        </p>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: not a group of a form */}
      <div
        className={styles.stage}
        data-view={view}
        data-testid="stage"
        ref={stage}
        role="group"
        aria-label="What it has learned"
        tabIndex={-1}
      >
        <div className={styles.lanes}>
          {first ? (
            states.map((state, at) => (
              <LaneView
                key={at}
                state={state}
                frame={frameAt(state, shown)}
                title={states.length > 1 ? laneNames[at] : undefined}
                originals={originals}
              />
            ))
          ) : (
            <LaneView state={idle} frame={undefined} title={undefined} originals={originals} />
          )}
          {first && own && <BeforeAndNow drawing={own} frames={first.frames} shown={looked} />}
          {states.length > 1 && <Bet key={`${settings.seed} ${asked.beside}`} states={states} />}
          <Scrubber
            state={first ?? idle}
            shown={shown}
            running={running}
            onShow={setShown}
            onGoOn={() => {
              if (shown === undefined) return;
              goesBack.current = true;
              tell({ do: "goOnFrom", step: shown });
            }}
          />
          <Stamp
            verdict={verdict}
            frame={newest}
            loss={settings.loss}
            meanPixelLogit={knob.meanPixelLogit}
            onBias={(outputBias) => change({ ...settings, outputBias })}
            onCrossEntropy={() => change({ ...settings, loss: "bce" })}
            onRedraw={() => {
              wall.leaveOut();
              lanes[0]?.ask({ do: "redraw" });
            }}
          />
        </div>
        <div className={styles.inside}>
          <ViewChoice view={view} latent={settings.latent} onChoose={setView} />
          {view === "loss" && <LossLines {...{ states, committed, trained }} at={step} />}
          {view === "sums" &&
            states.map((state, at) => {
              const frame = frameAt(state, shown);
              return frame && <Sums key={at} frame={frame} title={states.length > 1 ? laneNames[at] : undefined} />;
            })}
          {view === "sums" && (
            <p className={styles.note}>
              The sums that enter the sigmoid at the ten digits, under the sigmoid’s curve. Where the curve is grey it
              is flat, and nothing comes through it to correct the weights.
            </p>
          )}
          {view === "gradients" && <GradientLines states={states} at={step} />}
          {view === "gradients" && looked && first.spec && <GradientNorms frame={looked} spec={first.spec} />}
          {view === "maps" && looked && first.spec && <Inside frame={looked} spec={first.spec} />}
          {view === "kernels" && looked && first.spec && <Kernels frame={looked} spec={first.spec} />}
          {view === "slow" && first && (
            <SlowMotion
              slow={first.slow}
              loss={settings.loss}
              ready={!running}
              onStep={() => {
                for (const [at, lane] of lanes.entries()) lane.ask({ do: at === 0 ? "slow step" : "step" });
              }}
            />
          )}
          {view === "plane" && first && (
            <Plane
              frames={first.frames}
              step={step}
              settings={settings}
              decoded={first.decoded}
              onPoint={(code) => lanes[0]?.ask({ do: "decode", code })}
            />
          )}
          {!first && view !== "loss" && <p className={styles.note}>Begin a training, and look here.</p>}
        </div>
      </div>
      <SettingsPanel
        {...knob}
        offered={{ trained, drawing: own !== undefined }}
        pauseAt={asked.pauseAt}
        onPauseAt={(at) => {
          setAsked({ ...asked, pauseAt: at });
          for (const lane of lanes) lane.ask({ do: "pause by itself", at });
        }}
      >
        <EngineChoice {...{ trainings, running }} batchSize={settings.batchSize} />
      </SettingsPanel>
      {here && asksForBench && <EngineBench running={running} />}
      {first?.phase === "ready" && first.step > 0 && (
        <TakeAlong lane={lanes[0] as Lane} onDrawing={first.settings.drawing === "train"} />
      )}
      {settings.start === "random" && (
        <Beside
          beside={asked.beside}
          onChoose={(beside) => begin({ ...asked, settings, beside }, running || beside !== undefined)}
        />
      )}
      <SeedWall tiles={wall.tiles} committed={series} left={wall.left} onRunMore={wall.runMore} onStop={wall.stop} />
    </div>
  );
}

/** Brings the digits into sight where most of them are below the screen, as on a phone. */
function showDigits(stage: HTMLElement | null): void {
  if (stage && stage.getBoundingClientRect().top > window.innerHeight / 2) stage.scrollIntoView();
}

const laneNames = ["Yours", "Beside it"];
const idle: LaneState = {
  settings: opening.settings,
  asked: [],
  spec: undefined,
  phase: "starting",
  running: false,
  step: 0,
  at: undefined,
  baselines: undefined,
  steps: [],
  frames: [],
  epochs: [],
  collapsed: undefined,
  left: [],
  problem: undefined,
  decoded: undefined,
  slow: undefined,
  startMeasured: undefined,
};

/** What is asked for, where random weights take the place of a run's: the output bias that came with those is left as well. */
function withoutRunsBias(from: TrainingSettings, next: Asked): Asked {
  const { settings, story } = next;
  if (from.start === "random" || settings.start === "trained") return next;
  return { ...next, settings: { ...settings, outputBias: stories[story ?? "learns"].settings.outputBias } };
}

/** The digit that the reader has drawn in this visit, [784] bytes. */
function useDrawnDigit() {
  const [drawn, setDrawn] = useState<Uint8Array<ArrayBuffer>>();
  useEffect(() => {
    const pixels = drawnPixels();
    if (pixels) setDrawn(Uint8Array.from(pixels, greyByte));
  }, []);
  return [drawn, setDrawn] as const;
}

/** What the reader has asked for, which the address holds as well. */
function useAsked() {
  const [asked, setAsked] = useState<Asked>(opening);
  useEffect(() => setAsked(readAddress(location.search)), []);
  const choose = (next: Asked) => {
    setAsked(next);
    history.replaceState(history.state, "", `${location.pathname}${writeAddress(next)}`);
  };
  return [asked, choose] as const;
}

/** What is opened beneath the digits; the worker keeps the numbers of all maps only while they are looked at. */
function useView(lanes: readonly Lane[]) {
  const [view, setView] = useState<View>("loss");
  const digit = view === "maps" ? 0 : undefined;
  useEffect(() => {
    if (digit !== undefined) lanes[0]?.ask({ do: "open inside", digit });
    return () => lanes[0]?.ask({ do: "open inside", digit: undefined });
  }, [lanes, digit]);
  return [view, setView] as const;
}

function useLeft() {
  const [left, setLeft] = useState<readonly KeptTraining[]>([]);
  useEffect(() => {
    let wanted = true;
    void readLeft().then((found) => wanted && setLeft(found));
    return () => {
      wanted = false;
    };
  }, []);
  return [left, setLeft] as const;
}

interface ScrubberProps {
  state: LaneState;
  shown: number | undefined;
  running: boolean;
  onShow: (step: number | undefined) => void;
  onGoOn: () => void;
}

/** Moves all figures back and forth over the steps that were kept. */
function Scrubber({ state, shown, running, onShow, onGoOn }: ScrubberProps) {
  const { frames } = state;
  const at =
    shown === undefined
      ? frames.length - 1
      : Math.max(
          0,
          frames.findLastIndex(({ step }) => step <= shown),
        );
  const step = frames[at]?.step ?? 0;
  return (
    <div className={styles.scrubber} data-testid="scrubber">
      <Slider
        label={
          <>
            after step <b className="number">{integer(step)}</b> of {integer(frames.at(-1)?.step ?? 0)}
          </>
        }
        min={0}
        max={frames.length - 1}
        step={1}
        value={at}
        aria-valuetext={`step ${step}`}
        onChoose={(to) => onShow(to === frames.length - 1 ? undefined : frames[to]?.step)}
      />
      <Button quiet unavailable={shown === undefined} onClick={() => onShow(undefined)}>
        the newest
      </Button>
      <Button quiet unavailable={shown === undefined || running} onClick={onGoOn}>
        go on from here
      </Button>
    </div>
  );
}

interface LossLinesProps {
  states: readonly LaneState[];
  committed: CommittedLosses | undefined;
  /** The run whose weights such a training can begin from. */
  trained: CommittedStart | undefined;
  at: number;
}

function LossLines({ states, committed, trained, at }: LossLinesProps) {
  const [first] = states;
  const isSquared = (first?.settings.loss ?? "mse") === "mse";
  const baselines = first?.baselines;
  const { train, validation } = picturesOf(first?.settings ?? opening.settings);
  const { images, latent } = first?.settings ?? opening.settings;
  const principal = pca.find((one) => one.train === images)?.pca[String(latent) as keyof (typeof pca)[number]["pca"]];
  const ghosts: Series[] = committed && isSquared ? [{ ...ghost, name: committed.name, points: committed.losses }] : [];
  return (
    <Lines
      name="Loss of the batch"
      series={[...ghosts, ...ownSeries(states, ({ loss }) => loss)]}
      levels={
        baselines && isSquared
          ? [
              { name: "a black picture", value: baselines.black },
              { name: "the mean grey", value: baselines.grey },
              { name: "the mean picture", value: baselines.meanImage },
              ...(principal ? [{ name: `PCA with ${latent} numbers`, value: principal }] : []),
            ]
          : []
      }
      small={false}
      at={at}
    >
      <p className={styles.note}>
        {first?.startMeasured && (
          <>
            The weights that it began from have a mean squared error of{" "}
            <b className="number" data-part="start" data-mse={first.startMeasured.mse}>
              {fixed(first.startMeasured.mse)}
            </b>{" "}
            on the first {integer(first.startMeasured.pictures)} validation pictures.
            {trained && images < trained.images && <> Their own training had these among its pictures.</>}{" "}
          </>
        )}
        {first && first.epochs.length > 0 ? (
          <>
            Validation after epoch {first.epochs.at(-1)?.epoch}, {integer(validation)} pictures:{" "}
            <b className="number" data-part="validation">
              {fixed(first.epochs.at(-1)?.valLoss ?? Number.NaN)}
            </b>
            .{" "}
          </>
        ) : (
          <>
            Each epoch has {integer(train)} pictures, and ends with a look at {integer(validation)} others.{" "}
          </>
        )}
        {committed && ghosts.length > 0 && (
          <>
            Dashed: {committed.name}, with {integer(committed.images)} pictures in batches of {committed.batchSize}.{" "}
          </>
        )}
        {first && first.left.length > 0 && <>Dotted in ink: the course that you left.</>}
      </p>
    </Lines>
  );
}

function GradientLines({ states, at }: { states: readonly LaneState[]; at: number }) {
  return (
    <Lines
      name="Gradient norm"
      series={ownSeries(states, ({ gradientNorm }) => gradientNorm)}
      levels={[{ name: "no correction any more", value: 1e-6 }]}
      small
      at={at}
    />
  );
}

const ghost = { colour: "var(--ink-soft)", ghost: true } as const;

function ownSeries(states: readonly LaneState[], of: (step: LaneState["steps"][number]) => number): Series[] {
  const points = (steps: LaneState["steps"]) => steps.map((one) => ({ step: one.step, value: of(one) }));
  const [first] = states;
  return [
    ...(first && first.left.length > 0
      ? [{ colour: "var(--ink)", ghost: true, name: "left", points: points(first.left) }]
      : []),
    ...states.map((state, at) => ({
      name: states.length > 1 ? (laneNames[at] as string) : "this training",
      colour: at === 0 ? "var(--positive)" : "var(--negative)",
      points: points(state.steps),
    })),
  ];
}

/** A second training with the same start and the same batches, and another output bias. */
function Beside({ beside, onChoose }: { beside: number | undefined; onChoose: (beside: number | undefined) => void }) {
  return (
    <div className={styles.beside}>
      <span>Two at a time: the same initial weights and the same batches, another output bias.</span>
      <Toggle
        label="Beside it"
        options={[undefined, 0, -1.9]}
        value={beside}
        onChoose={(one) => one !== beside && onChoose(one)}
        name={(one) =>
          one === undefined ? "one training alone" : `put a bias of ${one === 0 ? one : fixed(one, 2)} beside it`
        }
      />
    </div>
  );
}

/** Where the first training stands, in one line of one height. */
function statusOf(
  state: LaneState | undefined,
  loading: { count: number; done: number } | undefined,
  problem: string | undefined,
): string {
  if (problem && !state) return problem;
  if (loading) return `Fetching ${integer(loading.count)} pictures: ${Math.round(100 * loading.done)} %`;
  if (!state) return "Nothing runs yet. Choose one of the three, or press run.";
  if (state.phase === "starting") return "The worker starts …";
  const { at, step } = state;
  if (!at && step > 0) return `Step ${integer(step)}, where it was left.`;
  if (!at && state.settings.start === "trained") return "Step 0: the weights of the committed run, as it ended.";
  if (!at) return "Step 0: the initial weights, nothing learned.";
  const { epoch, batch, batches, imagesPerSecond } = at;
  const { batchSize, images } = state.settings;
  const left = Math.max(0, images - batch * batchSize) / imagesPerSecond;
  const speed = `${integer(Math.round(imagesPerSecond))} images a second on this machine`;
  const ends = left > 0 ? `, ${seconds(left)} to its end` : "";
  return `Step ${integer(step)}: epoch ${epoch}, batch ${batch} of ${batches}${ends}; ${speed}.`;
}

/** `40 s`, `5 min` */
function seconds(count: number): string {
  return count < 100 ? `${Math.ceil(count)} s` : `${Math.round(count / 60)} min`;
}

/** What a screen reader says: at the start, once an epoch, and at a verdict. */
function spokenOf(state: LaneState | undefined, verdict: ReturnType<typeof verdictOf>): string {
  if (!state || state.phase === "starting") return "";
  if (verdict === "no way back") return "The network prints black, and no gradient is left to change it.";
  const epoch = state.epochs.at(-1);
  if (epoch) return `Epoch ${epoch.epoch} ended. Validation loss ${fixed(epoch.valLoss)}.`;
  return state.running ? "Training runs." : "Training stands.";
}

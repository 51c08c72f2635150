import { Fold, fixed, integer, Slider, Toggle } from "@autoencoder/ui";
import { type PauseAt, pauses, sharp } from "../../training/messages.ts";
import { biasRange, choices, drawingPlaces, settableBias, type TrainingSettings } from "../../training/settings.ts";
import type { CommittedStart } from "./committed-start.ts";
import styles from "./train.module.css";

export interface SettingsProps {
  settings: TrainingSettings;
  /** Whether there is a training: before it, nothing is known of trained weights. */
  begun: boolean;
  /** logit(mean pixel) of the pictures that are trained on, once it is known. */
  meanPixelLogit: number | undefined;
  onChange: (settings: TrainingSettings) => void;
  /** What stands beneath them. */
  children?: React.ReactNode;
}

/** The settings that a story is not about. */
export function SettingsPanel({
  settings,
  begun,
  meanPixelLogit,
  onChange,
  pauseAt,
  onPauseAt,
  offered,
  children,
}: SettingsProps & {
  pauseAt: PauseAt;
  onPauseAt: (at: PauseAt) => void;
  /** The run that has trained weights of this network, and whether there is a drawing of the reader's. */
  offered: { trained: CommittedStart | undefined; drawing: boolean };
}) {
  const { from, to } = drawingPlaces(settings);
  const set = (change: Partial<TrainingSettings>) => onChange({ ...settings, ...change });
  return (
    <Fold summary="Settings" className={styles.settings} data-testid="settings">
      <div className={styles.grid}>
        <RateChoice {...{ settings, onChange }} />
        <Choice
          label="Batch size"
          value={settings.batchSize}
          options={choices.batchSize}
          onChoose={(batchSize) => set({ batchSize })}
        />
        <Choice
          label="Loss"
          value={settings.loss}
          options={choices.loss}
          onChoose={(loss) => set({ loss })}
          name={lossName}
        />
        <Choice
          label="Optimizer"
          value={settings.optimizer}
          options={choices.optimizer}
          onChoose={(optimizer) => set({ optimizer })}
          name={(one) => (one === "adam" ? "Adam" : "SGD")}
        />
        <BiasSlider {...{ settings, begun, meanPixelLogit, onChange }} />
        <Choice
          label="Numbers in the code (starts anew)"
          value={settings.latent}
          options={choices.latent}
          onChoose={(latent) => set({ latent })}
        />
        <Choice
          label="Filters of the first convolution (starts anew)"
          value={settings.filters}
          options={choices.filters}
          onChoose={(filters) => set({ filters })}
        />
        <Choice
          label="Pictures to train on (starts anew)"
          value={settings.images}
          options={choices.images}
          onChoose={(images) => set({ images })}
          name={integer}
        />
        {(offered.trained || settings.start === "trained") && (
          <Choice
            label="Weights to begin from (starts anew)"
            value={settings.start}
            options={choices.start}
            onChoose={(start) => set({ start })}
            name={(one) => (one === "random" ? "random" : "the committed run’s")}
          />
        )}
        {(offered.drawing || settings.drawing === "train") && (
          <Choice
            label="Your drawing (starts anew)"
            value={settings.drawing}
            options={choices.drawing}
            onChoose={(drawing) => set({ drawing })}
            name={(one) => (one === "watch" ? "only watch it" : "train on it too")}
          />
        )}
        <Choice
          label="Pause by itself"
          value={pauseAt}
          options={pauses}
          onChoose={onPauseAt}
          name={(at) => pauseNames[at]}
        />
      </div>
      <p className={styles.note}>
        What does not start anew goes on from where the training stands. Another batch size begins its epoch again, and
        another optimizer forgets what the one before remembered of each weight. Fewer filters make a smaller network,
        which learns faster on a phone: the second convolution has twice as many, and the decoder mirrors both. More
        pictures take up to 47 MB of memory.
      </p>
      {settings.start === "trained" && offered.trained && (
        <p>
          The committed run has learned from the first {integer(offered.trained.images)} pictures, so it has seen those
          here before. Its weights bring their own output bias. The optimizer remembers nothing of that training.
        </p>
      )}
      {settings.drawing === "train" && (
        <p data-part="drawing-share">
          Your drawing stands in the place of the last {integer(to - from)} of the {integer(settings.images)} pictures.
          So each epoch shows it {integer(to - from)} times, among the others.
        </p>
      )}
      {children}
    </Fold>
  );
}

const pauseNames: Record<PauseAt, string> = {
  never: "never",
  "100 steps": "every 100 steps",
  epoch: "after each epoch",
  black: "when it prints black",
  sharp: `when validation is below ${sharp}`,
};

export function RateChoice({ settings, onChange }: Pick<SettingsProps, "settings" | "onChange">) {
  return (
    <Choice
      label="Learning rate"
      value={settings.learningRate}
      options={choices.learningRate}
      onChoose={(learningRate) => onChange({ ...settings, learningRate })}
    />
  );
}

export function BiasSlider({ settings, begun, meanPixelLogit, onChange }: SettingsProps) {
  const { from, to, step } = biasRange;
  const good = meanPixelLogit === undefined ? "" : `; these pictures’ mean pixel is at ${fixed(meanPixelLogit, 2)}`;
  const unknown = settings.start === "trained" && !begun;
  const value = unknown ? "comes with the weights" : fixed(settings.outputBias, 2);
  return (
    <div className={styles.bias}>
      <Slider
        label={
          <>
            Output bias <b className={unknown ? undefined : "number"}>{value}</b>
          </>
        }
        disabled={unknown}
        min={from}
        max={to}
        step={step}
        value={settableBias(settings.outputBias)}
        aria-valuetext={`${value}${good}`}
        onChoose={(outputBias) => onChange({ ...settings, outputBias: settableBias(outputBias) })}
      />
      {meanPixelLogit !== undefined && (
        <span
          className={styles.tick}
          aria-hidden="true"
          style={{ "--at": (meanPixelLogit - from) / (to - from) } as React.CSSProperties}
        >
          <i data-part="tick">▴</i>
          <span>logit of the mean pixel, {fixed(meanPixelLogit, 2)}</span>
        </span>
      )}
    </div>
  );
}

interface ChoiceProps<Option> {
  label: string;
  value: Option;
  options: readonly Option[];
  onChoose: (option: Option) => void;
  name?: (option: Option) => string;
}

function Choice<Option extends string | number>({
  label,
  value,
  options,
  onChoose,
  name = String,
}: ChoiceProps<Option>) {
  return (
    <div className={styles.choice}>
      <span aria-hidden="true">{label}</span>
      <Toggle label={label} value={value} options={options} onChoose={onChoose} name={name} />
    </div>
  );
}

function lossName(loss: TrainingSettings["loss"]): string {
  return loss === "mse" ? "squared error" : "cross-entropy";
}

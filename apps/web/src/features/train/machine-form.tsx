import { Button, Fold, integer } from "@autoencoder/ui";
import { type FormEvent, useId, useState } from "react";
import styles from "./on-this-machine.module.css";
import type { Asked, MachineJobs, Offer } from "./use-machine-jobs.ts";

/** Settings that stay the recipe's where nothing is entered. */
const numbers = [
  { name: "batchSize", label: "Batch size", step: 1 },
  { name: "learningRate", label: "Learning rate", step: "any" },
  { name: "latent", label: "Code length", step: 1 },
  { name: "seed", label: "Seed", step: 1 },
] as const;
const words = [
  { name: "loss", label: "Loss", options: ["mse", "bce"] },
  { name: "optimizer", label: "Optimizer", options: ["adam", "sgd", "adamw"] },
] as const;
type Own = Partial<Record<(typeof numbers)[number]["name"] | (typeof words)[number]["name"], string>>;

/** What is trained next: a recipe, how long, on how many digits, by which engine, and what differs from the recipe. */
export function MachineForm({ offer, asking, change }: { offer: Offer } & Pick<MachineJobs, "asking" | "change">) {
  const { engines, recipes, limits } = offer;
  const onPool = offer.place === "pool";
  const [recipe, setRecipe] = useState(recipes.some(({ name }) => name === "fast") ? "fast" : (recipes[0]?.name ?? ""));
  const [engine, setEngine] = useState("");
  const [epochs, setEpochs] = useState("3");
  const [images, setImages] = useState("6000");
  const [own, setOwn] = useState<Own>({});
  const id = useId();
  const chosen = recipes.find(({ name }) => name === recipe);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = {
      recipe,
      epochs: Number(epochs),
      images: Number(images),
      ...(engine !== "" && { engine: engine as Offer["engines"][number]["name"] }),
      ...settled(own),
    };
    void change((api) => api.start.mutate(asked));
  };
  const taken = engines.find(({ taken }) => taken);
  const missing = engines.filter(({ available }) => !available);
  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor={`${id}-recipe`} className={styles.choice}>
        Recipe
        <select id={`${id}-recipe`} value={recipe} onChange={({ target }) => setRecipe(target.value)}>
          {recipes.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <label htmlFor={`${id}-engine`} className={styles.choice}>
        Engine
        <select id={`${id}-engine`} value={engine} onChange={({ target }) => setEngine(target.value)}>
          <option value="">
            {onPool ? "wasm, which every machine has" : `the fastest${taken ? `: ${taken.name}${speed(taken)}` : ""}`}
          </option>
          {engines
            .filter(({ available }) => available)
            .map((one) => (
              <option key={one.name} value={one.name}>
                {one.name}
                {speed(one)}
              </option>
            ))}
        </select>
      </label>
      <label htmlFor={`${id}-epochs`}>
        Epochs, 1 to {limits.epochs}
        <input
          id={`${id}-epochs`}
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={limits.epochs}
          value={epochs}
          onChange={({ target }) => setEpochs(target.value)}
        />
      </label>
      <label htmlFor={`${id}-images`}>
        Digits, {limits.images.least} to {integer(limits.images.most)}
        <input
          id={`${id}-images`}
          type="number"
          inputMode="numeric"
          required
          min={limits.images.least}
          max={limits.images.most}
          value={images}
          onChange={({ target }) => setImages(target.value)}
        />
      </label>
      {chosen && <p className={styles.title}>{chosen.title}.</p>}
      {chosen && (
        <Fold summary="What differs from the recipe" className={styles.own}>
          <div className={styles.form}>
            {numbers.map(({ name, label, step }) => (
              <label key={name} htmlFor={`${id}-${name}`}>
                {label}
                <input
                  id={`${id}-${name}`}
                  type="number"
                  inputMode="decimal"
                  min={limits[name].least}
                  max={limits[name].most}
                  step={step}
                  placeholder={String(chosen[name] ?? "")}
                  value={own[name] ?? ""}
                  onChange={({ target }) => setOwn({ ...own, [name]: target.value })}
                />
              </label>
            ))}
            {words.map(({ name, label, options }) => (
              <label key={name} htmlFor={`${id}-${name}`}>
                {label}
                <select
                  id={`${id}-${name}`}
                  value={own[name] ?? ""}
                  onChange={({ target }) => setOwn({ ...own, [name]: target.value })}
                >
                  <option value="">unchanged: {chosen[name]}</option>
                  {options.map((option) => (
                    <option key={option}>{option}</option>
                  ))}
                </select>
              </label>
            ))}
          </div>
        </Fold>
      )}
      <Button type="submit" disabled={asking} className={styles.start}>
        {onPool ? "Start on the pool" : "Start on this machine"}
      </Button>
      {missing.length > 0 && !onPool && (
        <Fold summary="Engines that cannot start here yet" className={styles.missing}>
          <ul>
            {missing.map(({ name, reason, command }) => (
              <li key={name}>
                <b>{name}</b>: {reason}
                {command && (
                  <>
                    . Install it with <code>{command}</code>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </form>
  );
}

/** What was entered, as the server takes it. */
function settled(own: Own): Partial<Asked> {
  const entered = Object.entries(own).filter(([, text]) => text !== "");
  const isNumber = (name: string) => numbers.some((one) => one.name === name);
  return Object.fromEntries(entered.map(([name, text]) => [name, isNumber(name) ? Number(text) : text]));
}

function speed({ imagesPerSecond }: Offer["engines"][number]): string {
  return imagesPerSecond === undefined ? "" : `, ${imagesPerSecond} images/s`;
}

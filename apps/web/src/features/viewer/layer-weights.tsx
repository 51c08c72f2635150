"use client";
import type { MapLayer } from "@autoencoder/model";
import { WeightSheetFigure } from "@autoencoder/ui";
import { useMemo } from "react";
import type { ModelClient } from "../../network/index.ts";
import { useAnswer } from "./use-answer.ts";

/** All weights of a layer, fetched from the worker when they are looked at. */
export function LayerWeights({ client, stage, from }: { client: ModelClient; stage: MapLayer; from: MapLayer }) {
  const ask = useMemo(() => () => client.weights(stage.name), [client, stage]);
  const { value, problem, fresh } = useAnswer(ask);
  if (problem) return <p role="alert">{problem}</p>;
  return value && fresh ? <WeightSheetFigure layer={stage} from={from} kernel={value.kernel} /> : <p>Loading …</p>;
}

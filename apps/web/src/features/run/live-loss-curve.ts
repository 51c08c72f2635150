"use client";
import dynamic from "next/dynamic";

/** The loss curve of packages/ui; its script, with d3's scales, loads only where a curve stands. */
export const LiveLossCurve = dynamic(() => import("./loss-curve.ts").then((file) => file.LossCurve));

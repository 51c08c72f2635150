"use client";
import dynamic from "next/dynamic";

/** The chapters' figures that run in the page, each in a file of its own that loads where the figure stands. */

export const AdamFigure = dynamic(() => import("./adam-figure.tsx").then((file) => file.AdamFigure));
export const Browse = dynamic(() => import("./browse.tsx").then((file) => file.Browse));
export const CountPlayground = dynamic(() => import("./count-playground.tsx").then((file) => file.CountPlayground));
export const KernelBlock = dynamic(() => import("./kernel-block.tsx").then((file) => file.KernelBlock));
export const Keypad = dynamic(() => import("./keypad.tsx").then((file) => file.Keypad));
export const LatentMap = dynamic(() => import("./latent-map.tsx").then((file) => file.LatentMap));
export const RotateCode = dynamic(() => import("./rotate-code.tsx").then((file) => file.RotateCode));
export const Samplers = dynamic(() => import("./samplers.tsx").then((file) => file.Samplers));
export const Walk = dynamic(() => import("./walk.tsx").then((file) => file.Walk));
export const LiveStrip = dynamic(() => import("./live-strip.tsx").then((file) => file.LiveStrip));
export const LiveTrace = dynamic(() => import("./live-trace.tsx").then((file) => file.LiveTrace));
export const OneGrey = dynamic(() => import("./one-grey.tsx").then((file) => file.OneGrey));
export const PixelError = dynamic(() => import("./pixel-error.tsx").then((file) => file.PixelError));
export const Disturb = dynamic(() => import("./rebuilt-figures.tsx").then((file) => file.Disturb));
export const TwoStrokes = dynamic(() => import("./rebuilt-figures.tsx").then((file) => file.TwoStrokes));
export const ShapeTrap = dynamic(() => import("./shape-trap.tsx").then((file) => file.ShapeTrap));
export const Squeeze = dynamic(() => import("./squeeze.tsx").then((file) => file.Squeeze));
export const Thumbnail = dynamic(() => import("./squeeze.tsx").then((file) => file.Thumbnail));
export const LadderFigure = dynamic(() => import("./stuck.tsx").then((file) => file.LadderFigure));
export const Stuck = dynamic(() => import("./stuck.tsx").then((file) => file.Stuck));
export const LiveValue = dynamic(() => import("./value-figure.tsx").then((file) => file.LiveValue));
export const Neighbours = dynamic(() => import("./walk.tsx").then((file) => file.Neighbours));
export const TimeMachine = dynamic(() => import("./time-machine.tsx").then((file) => file.TimeMachine));
export const Agreement = dynamic(() => import("./agreement.tsx").then((file) => file.Agreement));
export const Presenter = dynamic(() => import("./presenter.tsx").then((file) => file.Presenter));

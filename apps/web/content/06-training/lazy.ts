"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const liveFigures = () => import("./live-figures.ts");

export const AdamFigure = dynamic(() => liveFigures().then((file) => file.AdamFigure));
export const LadderTable = dynamic(() => liveFigures().then((file) => file.LadderTable));
export const LiveOneKnob = dynamic(() => liveFigures().then((file) => file.LiveOneKnob));
export const LiveTimeMachine = dynamic(() => liveFigures().then((file) => file.LiveTimeMachine));
export const PixelError = dynamic(() => liveFigures().then((file) => file.PixelError));

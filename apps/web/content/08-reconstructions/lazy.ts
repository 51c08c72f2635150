"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const liveFigures = () => import("./live-figures.ts");

export const Disturb = dynamic(() => liveFigures().then((file) => file.Disturb));
export const TwoStrokes = dynamic(() => liveFigures().then((file) => file.TwoStrokes));
export const LiveErrorStrip = dynamic(() => liveFigures().then((file) => file.LiveErrorStrip));

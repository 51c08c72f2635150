"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const liveFigures = () => import("./live-figures.ts");

export const LiveTrace = dynamic(() => import("./live-trace.tsx").then((file) => file.LiveTrace));
export const LiveStrip = dynamic(() => liveFigures().then((file) => file.LiveStrip));
export const ShapeTrap = dynamic(() => liveFigures().then((file) => file.ShapeTrap));

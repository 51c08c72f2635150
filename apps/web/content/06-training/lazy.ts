"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const figures = () => import("./live-figures.ts");

export const AdamFigure = dynamic(() => figures().then((file) => file.AdamFigure));
export const LadderTable = dynamic(() => figures().then((file) => file.LadderTable));
export const LiveTimeMachine = dynamic(() => figures().then((file) => file.LiveTimeMachine));
export const PixelError = dynamic(() => figures().then((file) => file.PixelError));

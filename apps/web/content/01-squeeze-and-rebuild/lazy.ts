"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const liveFigures = () => import("./live-figures.ts");

export const LiveCodeLadder = dynamic(() => liveFigures().then((file) => file.LiveCodeLadder));
export const LiveLearning = dynamic(() => liveFigures().then((file) => file.LiveLearning));
export const LiveSnow = dynamic(() => liveFigures().then((file) => file.LiveSnow));
export const Squeeze = dynamic(() => liveFigures().then((file) => file.Squeeze));
export const Thumbnail = dynamic(() => liveFigures().then((file) => file.Thumbnail));

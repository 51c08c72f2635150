"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const liveFigures = () => import("./live-figures.ts");

export const SameClassTable = dynamic(() => import("./same-class-table.tsx").then((file) => file.SameClassTable));
export const LiveKeypad = dynamic(() => liveFigures().then((file) => file.LiveKeypad));
export const LiveLatentMap = dynamic(() => liveFigures().then((file) => file.LiveLatentMap));
export const LivePlaneOfTwo = dynamic(() => liveFigures().then((file) => file.LivePlaneOfTwo));
export const LiveSamplers = dynamic(() => liveFigures().then((file) => file.LiveSamplers));
export const LiveWalk = dynamic(() => liveFigures().then((file) => file.LiveWalk));
export const RotateCode = dynamic(() => liveFigures().then((file) => file.RotateCode));

"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

const figures = () => import("./live-figures.ts");

export const Agreement = dynamic(() => import("./agreement.tsx").then((file) => file.Agreement));
export const LiveKeypad = dynamic(() => figures().then((file) => file.LiveKeypad));
export const LiveLatentMap = dynamic(() => figures().then((file) => file.LiveLatentMap));
export const LiveNeighbours = dynamic(() => figures().then((file) => file.LiveNeighbours));
export const LiveSamplers = dynamic(() => figures().then((file) => file.LiveSamplers));
export const LiveWalk = dynamic(() => figures().then((file) => file.LiveWalk));
export const RotateCode = dynamic(() => figures().then((file) => file.RotateCode));

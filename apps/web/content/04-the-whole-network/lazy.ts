"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; their script loads after the page's own. */

export const LiveFlatten = dynamic(() => import("./live-flatten.tsx").then((file) => file.LiveFlatten));
export const LiveTrace = dynamic(() => import("./live-trace.tsx").then((file) => file.LiveTrace));
export const ShapeTrap = dynamic(() => import("./shape-trap.tsx").then((file) => file.ShapeTrap));

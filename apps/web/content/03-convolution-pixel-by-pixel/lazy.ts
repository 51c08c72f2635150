"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; the script of each loads where it stands. */

export const KernelBlock = dynamic(() => import("./kernel-block.tsx").then((file) => file.KernelBlock));
export const LiveBends = dynamic(() => import("./live-bends.tsx").then((file) => file.LiveBends));
export const LiveYourTurn = dynamic(() => import("./live-your-turn.tsx").then((file) => file.LiveYourTurn));
export const OwnKernel = dynamic(() => import("./own-kernel.tsx").then((file) => file.OwnKernel));

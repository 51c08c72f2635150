"use client";
import dynamic from "next/dynamic";

/** The figure of a training in the page; its script loads where it stands. */
export const LiveTraining = dynamic(() => import("./live-training.tsx").then((file) => file.LiveTraining));

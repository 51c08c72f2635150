"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; the script of each loads where it stands. */

export const LiveCountPlayground = dynamic(() =>
  import("./live-count-playground.tsx").then((file) => file.LiveCountPlayground),
);

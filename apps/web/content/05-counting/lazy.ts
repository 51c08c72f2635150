"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; the script of each loads where it stands. */

export const LiveStoredAndDone = dynamic(() =>
  import("./live-stored-and-done.tsx").then((file) => file.LiveStoredAndDone),
);

"use client";
import dynamic from "next/dynamic";

/** What the strip opens beneath itself; its script loads with the first stage that is opened. */
export const Stage = dynamic(() => import("./stage.tsx").then((file) => file.Stage), { ssr: false });

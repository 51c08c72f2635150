"use client";
import dynamic from "next/dynamic";

/** What chapters share that runs in the page; the script of each loads where it stands. */

export const LiveValue = dynamic(() => import("./live-value.tsx").then((file) => file.LiveValue));
export const Presenter = dynamic(() => import("./presenter.tsx").then((file) => file.Presenter));

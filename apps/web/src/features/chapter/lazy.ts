"use client";
import dynamic from "next/dynamic";

/** What chapters share that runs in the page; the script of each loads where it stands. */

const machines = () => import("./machines.ts");

export const DenseMachine = dynamic(() => machines().then((file) => file.DenseMachine));
export const LayerMachine = dynamic(() => machines().then((file) => file.LayerMachine));
export const LiveStrip = dynamic(() => import("./live-strip.tsx").then((file) => file.LiveStrip));
export const Presenter = dynamic(() => import("./presenter.tsx").then((file) => file.Presenter));

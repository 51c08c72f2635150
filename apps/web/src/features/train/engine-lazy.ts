import dynamic from "next/dynamic";

/** Whether the address asks for the measurement; read once, since the address is written anew with each training. */
export const asksForBench = typeof location !== "undefined" && new URLSearchParams(location.search).has("bench");

/** The measurement of all engines; its script loads where it is asked for. */
export const EngineBench = dynamic(() => import("./engine-bench.tsx").then((file) => file.EngineBench), { ssr: false });

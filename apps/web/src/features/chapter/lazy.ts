"use client";
import dynamic from "next/dynamic";

/** The chapters' figures that run in the page, each in a file of its own that loads where the figure stands. */

export const AdamFigure = dynamic(() =>
  import("../../../content/06-training/adam-figure.tsx").then((file) => file.AdamFigure),
);
export const Browse = dynamic(() => import("../../../content/02-the-data/browse.tsx").then((file) => file.Browse));
export const CountPlayground = dynamic(() =>
  import("../../../content/05-counting/count-playground.tsx").then((file) => file.CountPlayground),
);
export const KernelBlock = dynamic(() =>
  import("../../../content/03-convolution-pixel-by-pixel/kernel-block.tsx").then((file) => file.KernelBlock),
);
export const Keypad = dynamic(() =>
  import("../../../content/09-the-latent-space/keypad.tsx").then((file) => file.Keypad),
);
export const LatentMap = dynamic(() =>
  import("../../../content/09-the-latent-space/latent-map.tsx").then((file) => file.LatentMap),
);
export const RotateCode = dynamic(() =>
  import("../../../content/09-the-latent-space/rotate-code.tsx").then((file) => file.RotateCode),
);
export const Samplers = dynamic(() =>
  import("../../../content/09-the-latent-space/samplers.tsx").then((file) => file.Samplers),
);
export const Walk = dynamic(() => import("../../../content/09-the-latent-space/walk.tsx").then((file) => file.Walk));
export const LiveStrip = dynamic(() =>
  import("../../../content/04-the-whole-network/live-strip.tsx").then((file) => file.LiveStrip),
);
export const LiveTrace = dynamic(() =>
  import("../../../content/04-the-whole-network/live-trace.tsx").then((file) => file.LiveTrace),
);
export const OneGrey = dynamic(() =>
  import("../../../content/07-when-it-prints-black/one-grey.tsx").then((file) => file.OneGrey),
);
export const PixelError = dynamic(() =>
  import("../../../content/06-training/pixel-error.tsx").then((file) => file.PixelError),
);
export const Disturb = dynamic(() =>
  import("../../../content/08-reconstructions/rebuilt-figures.tsx").then((file) => file.Disturb),
);
export const TwoStrokes = dynamic(() =>
  import("../../../content/08-reconstructions/rebuilt-figures.tsx").then((file) => file.TwoStrokes),
);
export const ShapeTrap = dynamic(() =>
  import("../../../content/04-the-whole-network/shape-trap.tsx").then((file) => file.ShapeTrap),
);
export const Squeeze = dynamic(() =>
  import("../../../content/01-squeeze-and-rebuild/squeeze.tsx").then((file) => file.Squeeze),
);
export const Thumbnail = dynamic(() =>
  import("../../../content/01-squeeze-and-rebuild/squeeze.tsx").then((file) => file.Thumbnail),
);
export const LadderFigure = dynamic(() => import("../stuck/stuck.tsx").then((file) => file.LadderFigure));
export const Stuck = dynamic(() => import("../stuck/stuck.tsx").then((file) => file.Stuck));
export const LiveValue = dynamic(() => import("./value-figure.tsx").then((file) => file.LiveValue));
export const Neighbours = dynamic(() =>
  import("../../../content/09-the-latent-space/walk.tsx").then((file) => file.Neighbours),
);
export const TimeMachine = dynamic(() =>
  import("../../../content/06-training/time-machine.tsx").then((file) => file.TimeMachine),
);
export const Agreement = dynamic(() =>
  import("../../../content/09-the-latent-space/agreement.tsx").then((file) => file.Agreement),
);
export const Presenter = dynamic(() => import("./presenter.tsx").then((file) => file.Presenter));

"use client";
import dynamic from "next/dynamic";

/** The figures of the chapter that run in the page; the script of each loads where it stands. */

export const OneGrey = dynamic(() => import("./one-grey.tsx").then((file) => file.OneGrey));
export const LiveFilm = dynamic(() => import("./live-film.tsx").then((file) => file.LiveFilm));

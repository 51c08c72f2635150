import { Button } from "@autoencoder/ui";
import { useState } from "react";
import { BecomeRun } from "./become-run.tsx";
import type { Lane } from "./lane.ts";
import styles from "./train.module.css";

/** What the browser calls the file that it keeps. */
const fileName = "trained-here.zip";

/** Downloads what was trained, and says what becomes of it. @param onDrawing whether the reader's drawing was trained on */
export function TakeAlong({ lane, onDrawing }: { lane: Lane; onDrawing: boolean }) {
  const [state, setState] = useState<"writing" | "written" | Error>();
  const download = async () => {
    setState("writing");
    try {
      const address = URL.createObjectURL(new Blob([await lane.export()], { type: "application/zip" }));
      const link = Object.assign(document.createElement("a"), { href: address, download: fileName });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      setState("written");
    } catch (error) {
      setState(error as Error);
    }
  };
  return (
    <div className={styles.takeAlong}>
      <p>
        <Button quiet unavailable={state === "writing"} onClick={() => void download()}>
          {state === "writing" ? "writing the files …" : "download what it has learned"}
        </Button>{" "}
        Encoder, decoder and autoencoder for TensorFlow.js and for Keras, the losses, the settings, and the exact state.
      </p>
      {state === "written" && (
        <p role="status" data-testid="take-along">
          Keras and TensorFlow.js open the models as they are. In a copy of this project,{" "}
          <code>npm run train -- --from {fileName}</code> makes a run of it, for the viewer, the chapters and the
          checklist. It ends the epoch, and measures the network on the 10,000 test digits. Add <code>--more 5</code> to
          train it five epochs further.
        </p>
      )}
      {state instanceof Error && (
        <p role="alert" className="notice">
          The files could not be written: {state.message}. Load the page again; what was trained is kept.
        </p>
      )}
      <BecomeRun lane={lane} />
      {onDrawing && (
        <p>
          The download and the run hold your drawing: <code>drawing-idx3-ubyte</code>.
        </p>
      )}
    </div>
  );
}

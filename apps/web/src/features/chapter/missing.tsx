import { mendingCommand } from "../run/failure.tsx";

/** What stands where a figure needs a run, or a file of one, that is not here: which, and the command that makes it. */
export function Missing({ run, file }: { run: string; file?: string }) {
  return (
    <p className="notice" role="note">
      {file ? `The run ${run} has no ${file}: it was trained before there was one.` : `The run ${run} is not here.`}{" "}
      Train it{file && " again"}: <code>{mendingCommand(run)}</code>.
    </p>
  );
}

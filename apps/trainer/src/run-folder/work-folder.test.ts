import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workFiles } from "@autoencoder/model/run";
import { afterAll, expect, it } from "vitest";
import { runFolders, WorkFolder } from "./work-folder.ts";

/** What is left of a work folder once its run is published. */

const artifacts = mkdtempSync(join(tmpdir(), "work-"));
afterAll(() => rmSync(artifacts, { recursive: true, force: true }));

it.each([
  ["nothing, where a person has started the training", [workFiles.checkpoint, "publish"], undefined],
  ["the events, where the site has started it and reads them", [workFiles.events, workFiles.words], [workFiles.events]],
])("is %s", async (_, names, left) => {
  const folders = runFolders(artifacts, `run-${names.length}-${left?.length ?? 0}`);
  const work = await WorkFolder.open(folders, new Date().toISOString());
  for (const name of names) writeFileSync(join(folders.work, name), "");
  await work.remove();
  await work.close();
  expect(existsSync(folders.work) ? readdirSync(folders.work) : undefined).toEqual(left);
});

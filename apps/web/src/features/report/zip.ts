import { strToU8, zipSync } from "fflate";
import { fetchFile } from "../../network/fetch-file.ts";
import type { RemoteFile } from "../../network/procedures.ts";
import { fillReport, type ReportFilling, type TemplatePart } from "./report-template.ts";

/** A picture of the report: where its bytes are, or why it has none. */
export type ReportPicture = { path: string; file: RemoteFile } | { path: string; problem: string };

/** The report and its pictures in one zip, and why a picture is not in it. Loaded when it is asked for. */
export async function zipReport(
  template: readonly TemplatePart[],
  pictures: readonly ReportPicture[],
  written: Omit<ReportFilling, "missing">,
): Promise<{ zip: Uint8Array<ArrayBuffer>; missing: Record<string, string> }> {
  const files: Record<string, Uint8Array> = {};
  const missing: Record<string, string> = {};
  await Promise.all(
    pictures.map(async (picture) => {
      try {
        if ("problem" in picture) throw new Error(picture.problem);
        files[picture.path] = await fetchFile(picture.file);
      } catch (error) {
        missing[picture.path] = (error as Error).message;
      }
    }),
  );
  files["report.md"] = strToU8(fillReport(template, { ...written, missing }));
  return { zip: new Uint8Array(zipSync(files)), missing };
}

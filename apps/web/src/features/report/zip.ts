import { strToU8, zipSync } from "fflate";
import { fetchFile } from "../../network/fetch-file.ts";
import type { RemoteFile } from "../../network/procedures.ts";
import { attempt, type Result, unwrap } from "../../shared/result.ts";
import { fillReport, type ReportFilling, type TemplatePart } from "./report-template.ts";

/** A picture of the report: where its bytes are, or why it has none. */
export interface ReportPicture {
  path: string;
  file: Result<RemoteFile>;
}

/** The report and its pictures in one zip, and why a picture is not in it. Loaded when it is asked for. */
export async function zipReport(
  template: readonly TemplatePart[],
  pictures: readonly ReportPicture[],
  written: Omit<ReportFilling, "missing">,
): Promise<{ zip: Uint8Array<ArrayBuffer>; missing: Record<string, string> }> {
  const files: Record<string, Uint8Array> = {};
  const missing: Record<string, string> = {};
  await Promise.all(
    pictures.map(async ({ path, file }) => {
      const fetched = await attempt(() => fetchFile(unwrap(file)));
      if (fetched.ok) files[path] = fetched.value;
      else missing[path] = fetched.problem.sentence;
    }),
  );
  files["report.md"] = strToU8(fillReport(template, { ...written, missing }));
  return { zip: new Uint8Array(zipSync(files)), missing };
}

/** Where trainings on the server's own machine are asked for: apart from all that the data thread answers. */
export const trainAddress = "/api/train";

/** Whether an address is one of theirs: the only ones to which something may be sent. */
export function isOfTraining(url = "/"): boolean {
  return url.startsWith(`${trainAddress}/`);
}

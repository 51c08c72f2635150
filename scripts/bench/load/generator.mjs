// The generator: a process of its own that asks as it is told and answers with what came of it.
import autocannon from "autocannon";

process.once("message", async ({ bound, rotate, ...options }) => {
  let clients = 0;
  const instance = autocannon({
    sampleInt: 100, // milliseconds between two looks at whether it is time to end
    ...options,
    // Each connection begins at another address, so that they do not all ask for the same page at once.
    ...(rotate && { setupClient: (client) => client.setRequests(rotated(options.requests, clients++)) }),
  });
  let answered = 0;
  instance.on("response", () => answered++);
  const progress = setInterval(() => process.send({ answered }), 1000);
  const end = setTimeout(() => instance.stop(), bound * 1000);
  const { latency, requests, duration, errors, statusCodeStats } = await instance;
  clearInterval(progress);
  clearTimeout(end);
  const statuses = Object.entries(statusCodeStats).map(([status, { count }]) => [status, count]);
  const { user, system } = process.cpuUsage();
  process.send({
    outcome: {
      answered: requests.total,
      rate: requests.total / duration,
      ...{ p50: latency.p50, p99: latency.p99, longest: latency.max },
      // Timeouts are among the errors.
      failed: statuses.reduce((sum, [status, count]) => sum + (status >= 400 ? count : 0), errors),
      statuses: Object.fromEntries(statuses),
      cpu: (user + system) / 1e6,
    },
  });
  process.disconnect();
});

function rotated(requests, by) {
  const first = by % requests.length;
  return [...requests.slice(first), ...requests.slice(0, first)];
}

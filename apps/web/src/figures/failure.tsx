/** What stands where a run cannot be shown: what is wrong, and the command that mends it. */
export function Failure({ title, problem, name }: { title: string; problem: string; name: string }) {
  const command = name === "assignment" ? "npx turbo run train" : `npm run train -- --name ${name}`;
  return (
    <section className="failure" aria-labelledby="failure-title">
      <h1 id="failure-title">{title}</h1>
      <p>What is wrong:</p>
      <pre>{problem}</pre>
      <p>This command trains the run again and mends it:</p>
      <pre>{command}</pre>
      <p>
        Then load this page again. Published runs lie in the folder <code>artifacts/</code>.
      </p>
    </section>
  );
}

import styles from "./shell.module.css";

/** For readers without JavaScript, on every page: what works without it, and what does not. */
export function ScriptNotice() {
  return (
    <noscript>
      <div className={`notice ${styles.scriptNotice}`} data-part="script-notice">
        <p>
          <b>JavaScript is off.</b> Text, tables, curves, pictures, menu and downloads work without it, and the digits
          are those that the trainer recorded. What needs it: drawing a digit, figures that answer, questions, losses
          that you paste, marks computed from the weights, and keeping what you write.
        </p>
      </div>
    </noscript>
  );
}

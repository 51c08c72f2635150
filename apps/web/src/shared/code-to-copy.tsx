import { CopyButton } from "@autoencoder/ui";
import { type ComponentProps, isValidElement } from "react";
import { CodeBlock } from "./code-block.tsx";
import styles from "./code-to-copy.module.css";

/** Code with a button that copies it. */
export function CodeToCopy({ code }: { code: string }) {
  return (
    <div className={styles.code}>
      <CodeBlock>
        <code>{code}</code>
      </CodeBlock>
      <CopyButton text={code} className={styles.copy} />
    </div>
  );
}

/** A code block of a page written in MDX, which hands over a `code` element; with a button that copies it. */
export function WrittenCode({ children, ...props }: ComponentProps<"pre">) {
  const code = isValidElement<ComponentProps<"code">>(children) ? children.props.children : undefined;
  return typeof code === "string" ? <CodeToCopy code={code.trimEnd()} /> : <CodeBlock {...props}>{children}</CodeBlock>;
}

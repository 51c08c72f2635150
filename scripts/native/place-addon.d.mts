/** Puts the addon that `npm run native` built where tfjs-node-gpu looks for it. @throws Error when there is none */
export function placeAddon(): void;
export const builtAddon: string;

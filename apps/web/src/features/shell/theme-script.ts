/** Where the chosen theme is kept. */
export const themeKey = "theme";

/** Sets the chosen theme before the first paint: a script of its own, which the layout writes into each page. */
export const themeScript = `try{var t=localStorage.getItem("${themeKey}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`;

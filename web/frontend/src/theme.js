// Runs before the first paint: Tabler wants the theme by name, also when the system chooses it.
{
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (root.dataset.theme === "auto") root.dataset.bsTheme = system.matches ? "dark" : "light";
  };
  follow();
  system.addEventListener("change", follow);
}

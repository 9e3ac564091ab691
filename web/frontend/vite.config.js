import { copyFileSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { Features } from "lightningcss";
import { PurgeCSS } from "purgecss";
import { defineConfig } from "vite";

const web = join(import.meta.dirname, "..");
const icons = join(import.meta.dirname, "node_modules/@tabler/icons/icons/outline");
const chromium104 = 104 << 16;

/** The free faces of official papers: PDFs carry them, so the server needs them, not the browser. */
const faces = [
  "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
  "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
];

/** Every file directly in src/ is an entry of its own; what they share lies in src/parts/. */
const entries = readdirSync(join(import.meta.dirname, "src"))
  .filter((name) => extname(name) === ".js")
  .map((name) => [basename(name, ".js"), join(import.meta.dirname, "src", name)]);

/** All files below a folder of web/ with one of these endings. */
function filesUnder(folder, ...endings) {
  return readdirSync(join(web, folder), { recursive: true })
    .filter((name) => endings.includes(extname(name)))
    .map((name) => join(web, folder, name));
}

/** Leave out of Tabler what no template uses: 635 KB become a few dozen. */
function onlyUsedTabler() {
  return {
    name: "duban-only-used-tabler",
    enforce: "pre",
    async transform(code, id) {
      if (!id.includes("@tabler/core")) return null;
      const [{ css }] = await new PurgeCSS().purge({
        content: [...filesUnder("templates", ".html"), ...filesUnder("frontend/src", ".js")],
        css: [{ raw: code }],
        safelist: [/^data-bs-theme/, /^html$/, /^body$/],
        variables: true,
      });
      return { code: css, map: null };
    },
  };
}

/** Write icons.json: the inside of every Tabler icon that a template or web/icons.py names. */
function usedIcons() {
  const quoted = /["']([a-z0-9-]+)["']/g;
  const named = () =>
    [...filesUnder("templates", ".html"), join(web, "icons.py")].flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(quoted)].map((match) => match[1]),
    );
  const known = new Set(readdirSync(icons).map((name) => basename(name, ".svg")));
  const inside = (name) =>
    readFileSync(join(icons, `${name}.svg`), "utf8")
      .replace(/<!--.*?-->/gs, "")
      .replace(/<\/?svg[^>]*>/gs, "")
      .replace(/\s*\n\s*/g, "");
  return {
    name: "duban-used-icons",
    generateBundle() {
      const used = [...new Set(named())].filter((name) => known.has(name)).sort();
      const source = JSON.stringify(Object.fromEntries(used.map((name) => [name, inside(name)])));
      this.emitFile({ type: "asset", fileName: "icons.json", source });
    },
  };
}

/** Lay the faces of official papers where workflows/documents looks for them. */
function facesOfPapers() {
  const packages = join(import.meta.dirname, "node_modules/@expo-google-fonts");
  const folder = join(web, "../workflows/documents/faces");
  return {
    name: "duban-faces-of-papers",
    writeBundle() {
      mkdirSync(folder, { recursive: true });
      for (const face of faces) copyFileSync(join(packages, face), join(folder, basename(face)));
    },
  };
}

export default defineConfig({
  base: "/static/build/",
  plugins: [onlyUsedTabler(), usedIcons(), facesOfPapers()],
  css: {
    transformer: "lightningcss",
    lightningcss: {
      targets: { chrome: chromium104 },
      include: Features.LightDark | Features.Nesting,
    },
  },
  build: {
    outDir: join(web, "static/build"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "chrome104",
    cssTarget: "chrome104",
    cssMinify: "lightningcss",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: Object.fromEntries(entries) },
  },
});

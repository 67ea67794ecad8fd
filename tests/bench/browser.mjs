// The built site in a real Chromium, for benchmarks of what a page does: a profile on disk (a private one keeps its
// files in memory and would flatter the store), the site's own headers but for the policy that forbids scripts from
// elsewhere, and the benchmark's own files under /bench/.

import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { media_type_of } from "../../web/media_types.mjs";
import { ROOT, needed, option } from "./report.mjs";

const { chromium } = createRequire(path.join(ROOT, "web/package.json"))("playwright-core");

const ONNXRUNTIME = path.join(ROOT, "web/node_modules/onnxruntime-web/dist");
const EXTRA = {
  "/bench/ort.mjs": path.join(ONNXRUNTIME, "ort.wasm.min.mjs"),
  "/bench/ort-wasm-simd-threaded.mjs": path.join(ONNXRUNTIME, "ort-wasm-simd-threaded.mjs"),
  "/bench/ort-wasm-simd-threaded.wasm": path.join(ONNXRUNTIME, "ort-wasm-simd-threaded.wasm"),
  "/bench/moonshine_peer.mjs": path.join(ROOT, "tests/bench/moonshine_peer.mjs"),
  "/bench/moonshine_peer.worker.mjs": path.join(ROOT, "tests/bench/moonshine_peer.worker.mjs"),
  "/bench/page.mjs": path.join(ROOT, "tests/bench/page.mjs"),
};
const BLANK = "<!doctype html><meta charset=utf-8><title>bench</title><script type=module src=/bench/page.mjs></script>";

export function site_folder() {
  return path.dirname(needed(path.resolve(option("site", path.join(ROOT, "build/web-release/site")), "index.html"), "The built site"));
}

/** @returns {Promise<{address: string, sent: {bytes: number}, close(): void}>} */
export function serve_site() {
  const folder = site_folder();
  const headers = JSON.parse(readFileSync(path.join(ROOT, "web/headers.json"), "utf8"));
  const sent = { bytes: 0 };
  const server = createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const own = { ...headers };
    if (wanted.startsWith("/bench/")) delete own["Content-Security-Policy"];
    if (wanted === "/bench/") {
      response.writeHead(200, { ...own, "Content-Type": "text/html" });
      response.end(BLANK);
      return;
    }
    if (wanted === "/favicon.ico") {
      response.writeHead(204, own);
      response.end();
      return;
    }
    const file = EXTRA[wanted] ?? path.join(folder, wanted.endsWith("/") ? `${wanted}index.html` : wanted);
    const details = file.startsWith(folder) || EXTRA[wanted] ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (!details?.isFile()) {
      response.writeHead(404, own);
      response.end();
      return;
    }
    sent.bytes += details.size;
    response.writeHead(200, {
      ...own, "Content-Type": media_type_of(file), "Content-Length": details.size,
      "Cache-Control": "no-cache",
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({
        address: `http://127.0.0.1:${server.address().port}/`, sent,
        close: () => { server.closeAllConnections(); server.close(); },
      });
    });
  });
}

/** Runs `work(context)` in a browser with a fresh profile on disk, and removes it afterwards. */
export async function with_browser(work) {
  mkdirSync(path.join(ROOT, "build"), { recursive: true });
  const profile = mkdtempSync(path.join(ROOT, "build/bench-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    viewport: { width: 1180, height: 820 },
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  try {
    return await work(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** A blank page of the site's origin with tests/bench/page.mjs in it, as `bench`. */
export async function with_bench_page(work) {
  const site = await serve_site();
  try {
    await with_browser(async (context) => {
      const page = await context.newPage();
      page.on("pageerror", (error) => process.stderr.write(`page: ${error.message}\n`));
      page.on("console", (message) => {
        if (message.type() === "error") process.stderr.write(`page: ${message.text()}\n`);
      });
      await page.goto(`${site.address}bench/`);
      await page.waitForFunction(() => globalThis.bench !== undefined);
      await work(page, site);
    });
  } finally {
    site.close();
  }
}

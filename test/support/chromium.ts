import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** False where the browser tests have to be skipped. Chromium comes from the system, because playwright-core brings none. */
export const chromiumIsInstalled = existsSync(executablePath);

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    // What Chromium would otherwise ask its maker's servers for by itself.
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic'],
  });
}

/** A page with a fresh profile that reaches loopback only. */
export interface LoopbackPage extends AsyncDisposable {
  readonly page: Page;
  /** Addresses of requests and sockets that were refused because they led elsewhere. */
  readonly refused: readonly string[];
  /** What the page complained of: thrown errors, and what the browser wrote as errors, such as breaches of the content security policy. */
  readonly complaints: readonly string[];
}

export async function openLoopbackPage(browser: Browser, options: BrowserContextOptions = {}): Promise<LoopbackPage> {
  const context = await browser.newContext(options);
  const refused: string[] = [];
  const complaints: string[] = [];
  await context.route(
    (url) => !isLoopback(url),
    (route) => {
      refused.push(route.request().url());
      return route.abort();
    },
  );
  await context.routeWebSocket(
    (url) => !isLoopback(url),
    (socket) => {
      refused.push(socket.url());
      return socket.close();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, refused, complaints, [Symbol.asyncDispose]: () => context.close() };
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return ['data:', 'blob:'].includes(protocol) || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

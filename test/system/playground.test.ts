import { spawnSync } from 'node:child_process';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import contentSecurityPolicy from '../../web/public/csp.json' with { type: 'json' };
import { examplesFor } from '../../web/src/examples.ts';
import type { LoopbackPage } from '../support/chromium.ts';
import { chromiumIsInstalled, launchChromium, openLoopbackPage } from '../support/chromium.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';

const typedOperation =
  'subscription Typed { completionStream(input: { model: "sandbox/chat", messages: [{ role: USER, content: "By hand" }], ' +
  'maxOutputTokens: 40, providerOptions: { sandbox: { tokensPerSecond: 40 } } }) { __typename ' +
  '... on CompletionDelta { text } ... on CompletionFinished { completion { text cost { total } } } } }';

const operationNames = examplesFor(new Date()).map(({ query }) => /(?:query|mutation|subscription) (\w+)/.exec(query)?.[1] ?? '');

const directives = Object.entries(contentSecurityPolicy).map(([name, sources]) => `${name} ${sources.join(' ')}`);

describe.skipIf(!chromiumIsInstalled)('the Playground in Chromium', () => {
  let gateway: GatewayProcess;
  let browser: Browser;

  beforeAll(async () => {
    const built = spawnSync(process.execPath, ['scripts/playground.ts'], { encoding: 'utf8' });
    expect(built.status, built.stderr).toBe(0);
    // No key is handed in, so the first start prints its link.
    gateway = await startGateway({ env: { MODELGRAPH_ADMIN_KEY: undefined } });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.[Symbol.asyncDispose]();
  });

  test('the page is served under the content security policy that it was built for', async () => {
    const response = await fetch(`${gateway.url}/playground`);
    const policy = (response.headers.get('content-security-policy') ?? '').split(';').map((directive) => directive.trim());
    expect(policy).toEqual(expect.arrayContaining(directives));
    expect(await response.text()).toContain('<div id="playground">');
  });

  test('the first-run link loses its key at once, even if the rest of the page never loads', async () => {
    await using opened = await openLoopbackPage(browser);
    const { page } = opened;
    await page.route('**/assets/page-*.js', (route) => route.abort());
    await page.goto(firstRunLink(gateway));
    await page.waitForURL(({ hash }) => hash === '');
    expect(page.url()).not.toContain('mg_live_');
    await page.goBack();
    expect(page.url()).not.toContain('mg_live_');
  });

  test('the first-run link is accepted and its key is stored nowhere', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await page.getByText('accepted', { exact: true }).waitFor();
    expect(await page.locator('.held-key').innerText()).toContain(gateway.adminKey.slice(0, 12));
    await runTab(page, 'WhoAmI');
    await page.locator('.result-window').getByText('"data"').waitFor();
    expect(await stored(page)).not.toContain(gateway.adminKey);
    expect(await page.content()).not.toContain(gateway.adminKey);
    await page.reload();
    await page.getByPlaceholder('mg_live_…').waitFor();
  });

  test('a typed subscription shows its text growing, then what it cost', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await typeOperation(page, typedOperation);
    const lengths = await recordTextLengths(page);
    await page.getByRole('button', { name: /^Execute/ }).click();
    const card = page.locator('.stream-card');
    await card.getByText('Finished', { exact: true }).waitFor();
    const seen = await lengths();
    expect(new Set(seen).size).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(await figure(card, 'Cost').innerText()).toMatch(/^\$0\.\d+/);
    expect(await figure(card, 'First text').innerText()).toMatch(/ ms$/);
    expect(await page.locator('.result-window').innerText()).toContain('CompletionFinished');
    expect(opened.refused).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  test('every example runs as it stands, and nothing is asked of another machine', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    for (const name of operationNames) {
      await runTab(page, name);
      await page.locator('.result-window').getByText('"data"').waitFor();
      await page.locator('.stream-cards:has([data-phase="running"])').waitFor({ state: 'detached' });
      expect(await page.locator('.result-window').innerText(), name).not.toContain('"errors": [');
    }
    expect(opened.refused).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  test('two streams stand side by side', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await runTab(page, 'StreamSideBySide');
    await page.locator('.stream-card[data-phase="finished"]').nth(1).waitFor();
    expect(await page.locator('.stream-card').count()).toBe(2);
  });

  test('stopping a stream keeps what arrived and says that it was stopped', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await pasteOperation(page, typedOperation.replace('tokensPerSecond: 40', 'tokensPerSecond: 5'));
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.locator('.stream-text', { hasText: /\w/ }).waitFor();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await page.locator('.stream-card').getByText('Stopped', { exact: true }).waitFor();
    expect(await page.locator('.stream-text').innerText()).not.toBe('');
  });

  test('another tab stops a running stream, and its text is still there on the way back', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await runTab(page, 'StreamCompletion');
    await page.locator('.stream-text', { hasText: /\w/ }).waitFor();
    await page.getByRole('tab', { name: 'WhoAmI' }).click();
    await page.locator('.stream-card').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'StreamCompletion' }).click();
    await page.locator('.stream-card:not([data-phase="running"]) .stream-text', { hasText: /\w/ }).waitFor();
    expect(opened.complaints).toEqual([]);
  });

  test.each([
    ['unknown', () => createApiKeySecrets().issue().secret],
    ['mistyped', () => 'mg_live_notakey'],
  ])('a key that is %s is refused in words, before and by a run', async (_, makeKey) => {
    const key = makeKey();
    await using opened = await openPlayground(browser, `${gateway.url}/playground#key=${key}`);
    const { page } = opened;
    const refusal = page.locator('.refusal');
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(/^The gateway refused this key .+\. \S/);
    await runTab(page, 'StreamCompletion');
    await page.locator('.result-window').getByText('UNAUTHENTICATED').waitFor();
    expect(await stored(page)).not.toContain(key);
  });

  test('a key is remembered when asked for, and forgotten when asked for', async () => {
    await using opened = await openPlayground(browser, `${gateway.url}/playground`);
    const { page } = opened;
    await page.getByPlaceholder('mg_live_…').fill(gateway.adminKey);
    await page.getByLabel('Remember on this device').check();
    await page.getByRole('button', { name: 'Use key' }).click();
    await page.getByText('accepted', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('accepted', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('button', { name: 'Forget key' }).click();
    await page.getByPlaceholder('mg_live_…').waitFor();
    expect(await stored(page)).not.toContain(gateway.adminKey);
    expect(opened.complaints).toEqual([]);
  });

  test('the menu opens an example in a tab of its own', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await page.getByLabel('Open an example').selectOption('Ask for usage');
    await page.getByRole('tab', { name: 'AskForUsage' }).nth(1).waitFor();
    await page.getByRole('button', { name: /^Execute/ }).click();
    await page.locator('.result-window').getByText('"totals"').waitFor();
    expect(opened.complaints).toEqual([]);
  });

  test('the documentation of the schema opens', async () => {
    await using opened = await openPlayground(browser, firstRunLink(gateway));
    const { page } = opened;
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.getByRole('link', { name: 'Subscription' }).click();
    await page.getByRole('link', { name: 'completionStream', exact: true }).waitFor();
    expect(opened.complaints).toEqual([]);
  });
});

function firstRunLink({ playgroundLink }: GatewayProcess): string {
  expect(playgroundLink).toMatch(/\/playground\/?#key=mg_live_/);
  return playgroundLink ?? '';
}

async function openPlayground(browser: Browser, link: string): Promise<LoopbackPage> {
  const opened = await openLoopbackPage(browser);
  await opened.page.goto(link);
  await editor(opened.page).waitFor();
  return opened;
}

function editor(page: Page): Locator {
  return page.getByRole('region', { name: 'Operation Editor' }).locator('.view-lines');
}

async function emptyEditor(page: Page): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
}

/** As typing does, in one go: the editor takes tens of milliseconds for each key. */
async function pasteOperation(page: Page, operation: string): Promise<void> {
  await emptyEditor(page);
  await page.keyboard.insertText(operation);
  await page.keyboard.press('Escape');
}

async function typeOperation(page: Page, operation: string): Promise<void> {
  await emptyEditor(page);
  // The editor closes each bracket as it is opened, and takes the typed one for its own; Escape leaves its suggestions alone.
  await page.keyboard.type(operation);
  await page.keyboard.press('Escape');
}

async function runTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await editor(page).getByText(name, { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Execute/ }).click();
}

/** Notes in the page how long the streamed text was at each of its changes. */
const watchTextLengths = `(() => {
  const lengths = [];
  const note = () => {
    const length = document.querySelector('.stream-text')?.textContent.length ?? 0;
    if (length > 0 && length !== lengths.at(-1)) lengths.push(length);
  };
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  return lengths;
})()`;

async function recordTextLengths(page: Page): Promise<() => Promise<readonly number[]>> {
  const lengths = await page.evaluateHandle<number[]>(watchTextLengths);
  return () => lengths.jsonValue();
}

function figure(card: Locator, name: string): Locator {
  return card.locator('.stream-figures > div', { hasText: name }).locator('dd');
}

/** All that the browser keeps of the page. */
function stored(page: Page): Promise<string> {
  return page.evaluate<string>('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
}

/**
 * Takes the README's picture of the Playground, docs/images/playground.png, from a running gateway whose sandbox is on:
 * `node scripts/playgroundPicture.ts <first-run link>`.
 */
import { mkdirSync } from 'node:fs';
import { launchChromium, openLoopbackPage } from '../test/support/chromium.ts';

const picture = 'docs/images/playground.png';

const [link] = process.argv.slice(2);
if (link === undefined) {
  process.stderr.write('Give the link that the gateway printed at its first start, /playground#key=… included.\n');
  process.exit(1);
}

mkdirSync('docs/images', { recursive: true });
const browser = await launchChromium();
const viewport = { width: 1280, height: 800 };
const { page } = await openLoopbackPage(browser, { viewport, deviceScaleFactor: 2, colorScheme: 'light', reducedMotion: 'reduce' });
await page.goto(link);
await page.getByText('accepted', { exact: true }).waitFor();
await page.getByRole('tab', { name: 'StreamSideBySide' }).click();
await page.getByText('StreamSideBySide', { exact: true }).nth(1).waitFor();
// The variables are empty in this tab: the operation has more use for the room.
await page.getByRole('button', { name: 'Hide editor tools' }).click();
await page.getByRole('button', { name: /^Execute/ }).click();
await page.locator('.stream-card[data-phase="finished"]').nth(1).waitFor();
await page.mouse.move(0, 0);
await page.screenshot({ path: picture });
await browser.close();
process.stdout.write(`${picture}\n`);

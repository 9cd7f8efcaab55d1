// The world of the browser tests: a server with demo data on loopback, a browser, and a vocabulary of
// checks. Prints "ok - what" or "not ok - what: why" per check; a journey goes on after a failed one.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const require = createRequire(import.meta.url)
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
let failed = 0

export const failures = () => failed

export async function check(what, run) {
  try {
    await run()
    console.log(`ok - ${what}`)
    return true
  } catch (e) {
    failed++
    console.log(`not ok - ${what}: ${String(e.message ?? e).split('\n').slice(0, 4).join(' | ')}`)
    return false
  }
}

export function must(condition, why) {
  if (!condition) throw new Error(why)
}

function freePort() {
  return new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address()
      s.close(() => resolve(port))
    })
  })
}

// demoSop: the demo's regency works by these; it has accounts for their roles.
export async function startWorld(lapor, { reports = 400, sop = null, demoSop = null } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'lapor-e2e-'))
  const db = process.env.LAPOR_DB ?? `sqlite:${join(dir, 'lapor.db')}`
  const demo = spawnSync(lapor, ['demo', '--db', db, '--reports', String(reports), '--seed', '3', ...(demoSop ? ['--sop', demoSop] : [])], { encoding: 'utf8' })
  if (demo.status !== 0) throw new Error(`lapor demo: ${demo.stderr}`)
  if (sop) {
    const installed = spawnSync(lapor, ['sop', 'install', '--agency', 'kabupaten-mekar-jaya', '--db', db, sop], { encoding: 'utf8' })
    if (installed.status !== 0) throw new Error(`lapor sop install: ${installed.stderr}`)
  }
  const accounts = demo.stdout.trim().split('\n').map((l) => {
    const [role, login, password] = l.split('\t')
    return { role, login, password }
  })
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  mkdirSync(join(dir, 'outbox'))
  mkdirSync(join(dir, 'files'))
  writeFileSync(join(dir, 'lapor.yaml'), [`base_url: ${base}`, 'site_name: SP4N-LAPOR!', 'place_name: Kabupaten Mekar Jaya',
    `outbox_dir: ${join(dir, 'outbox')}`, `files_dir: ${join(dir, 'files')}`, ''].join('\n'))
  const server = spawn(lapor, ['serve', '--db', db, '--listen', `127.0.0.1:${port}`, '--config', join(dir, 'lapor.yaml')],
    { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  server.stderr.on('data', (d) => { log += d })
  const ended = new Promise((resolve) => server.on('exit', resolve))
  for (let i = 0; ; i++) {
    try { if ((await fetch(`${base}/healthz`)).ok) break } catch { /* not up yet */ }
    if (server.exitCode !== null || i > 400) throw new Error(`the server does not start: ${log}`)
    await new Promise((r) => setTimeout(r, 50))
  }
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu',
    '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
  const account = (role) => {
    const a = accounts.find((x) => x.role === role)
    must(a, `no demo account of role ${role}`)
    return a
  }
  const end = async () => {
    await browser.close()
    server.kill('SIGTERM')
    const status = await ended
    await check('the server ends cleanly', () => must(status === 0, `status ${status}: ${log.slice(-2000)}`))
    rmSync(dir, { recursive: true, force: true })
  }
  const stop = async () => {
    await end()
    process.exit(failed ? 1 : 0)
  }
  return { end, dir, db, base, port, browser, accounts, account, stop, lapor }
}

// A page with what a journey wants to know of it: CSP violations, console errors, failed answers.
export async function openPage(world, { width = 360, js = true, dark = false } = {}) {
  const context = await world.browser.newContext({ viewport: { width, height: 780 }, javaScriptEnabled: js,
    colorScheme: dark ? 'dark' : 'light', locale: 'id-ID', baseURL: world.base })
  const page = await context.newPage()
  page.complaints = []
  page.js = js
  page.dark = dark
  page.setDefaultTimeout(8000)
  page.on('console', (m) => { if (m.type() === 'error') page.complaints.push(m.text()) })
  page.on('pageerror', (e) => page.complaints.push(String(e)))
  page.on('response', (r) => { if (r.status() >= 500) page.complaints.push(`${r.status()} ${r.url()}`) })
  return page
}

// Where the page's JavaScript is off, axe cannot run in it: a twin page shows the same document with it on.
async function twin(page) {
  const { width, height } = page.viewportSize()
  const context = await page.context().browser().newContext({ viewport: { width, height },
    colorScheme: page.dark ? 'dark' : 'light', storageState: await page.context().storageState() })
  const other = await context.newPage()
  const body = await page.content()
  await other.route(page.url().split('#')[0], (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }))
  await other.goto(page.url().split('#')[0])
  return other
}

const axeTags = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']"

// axe in a world of its own, so that the strict CSP stays on.
export async function axe(page) {
  if (!page.js) {
    const other = await twin(page)
    other.js = true
    try { return await axe(other) } finally { await other.context().close() }
  }
  const cdp = await page.context().newCDPSession(page)
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' })
  const evaluate = async (expression) => {
    const r = await Promise.race([
      cdp.send('Runtime.evaluate', { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true }),
      new Promise((_, reject) => setTimeout(() => reject(new Error('axe gives no answer in 20 s')), 20000).unref())])
    if (r.exceptionDetails) throw new Error(r.exceptionDetails.exception?.description ?? r.exceptionDetails.text)
    return r.result.value
  }
  await evaluate(`${axeSource};0`)
  const violations = await evaluate(`axe.run(document, { runOnly: ${axeTags} })
    .then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')))`)
  await cdp.detach()
  return violations
}

export async function fine(page, what) {
  await check(`${what}: axe finds nothing`, async () => {
    const v = await axe(page)
    must(v.length === 0, v.join('; '))
  })
  await check(`${what}: nothing sticks out sideways`, async () => {
    const cdp = await page.context().newCDPSession(page)
    const { cssContentSize, cssLayoutViewport } = await cdp.send('Page.getLayoutMetrics')
    await cdp.detach()
    must(cssContentSize.width <= cssLayoutViewport.clientWidth + 1, `${cssContentSize.width} px wide in ${cssLayoutViewport.clientWidth}`)
  })
  await check(`${what}: no complaints of the browser`, () => must(page.complaints.length === 0, page.complaints.join('; ')))
  page.complaints.length = 0
}

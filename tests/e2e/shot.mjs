// Screenshots of pages of a running server, for looking at: whole pages at a phone's and a desk's width.
// Usage: node shot.mjs BASE_URL OUT_DIR PATH... [--dark] [--en] [--widths=360,1280] [--cookie=name=value]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const [base, out, ...rest] = process.argv.slice(2)
const paths = rest.filter((a) => !a.startsWith('--'))
const option = (name) => rest.find((a) => a === `--${name}` || a.startsWith(`--${name}=`))?.slice(name.length + 3)
const widths = (option('widths') ?? '360,1280').split(',').map(Number)
const cookie = option('cookie')

mkdirSync(out, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'] })
for (const width of widths) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, javaScriptEnabled: false,
    colorScheme: rest.includes('--dark') ? 'dark' : 'light' })
  if (cookie) {
    const i = cookie.indexOf('=')
    await context.addCookies([{ name: cookie.slice(0, i), value: cookie.slice(i + 1), url: base }])
  }
  const page = await context.newPage()
  for (const path of paths) {
    const answer = await page.goto(base + path + (rest.includes('--en') ? `${path.includes('?') ? '&' : '?'}bahasa=en` : ''))
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    const name = `${path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'beranda'}-${width}.png`
    await page.screenshot({ path: join(out, name), fullPage: true })
    console.log(`${answer.status()} ${path} ${name}${overflow > 0 ? `, ${overflow} px too wide` : ''}`)
  }
  await context.close()
}
await browser.close()

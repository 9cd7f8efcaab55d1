// The wire under the web tests: a server of our own, nginx with the packaged configuration in front of it,
// and sockets that send exactly the bytes a test says.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync, readdirSync } from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let failed = 0

export async function check(what, run) {
  try {
    await run()
    console.log(`ok - ${what}`)
  } catch (e) {
    failed++
    console.log(`not ok - ${what}: ${String(e.message ?? e).split('\n').slice(0, 3).join(' | ')}`)
  }
}

export function must(condition, why) {
  if (!condition) throw new Error(why)
}

export function equal(got, want, what) {
  if (got !== want) throw new Error(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`)
}

export function failures() {
  return failed
}

export function freePort() {
  return new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address()
      s.close(() => resolve(port))
    })
  })
}

// All answers in the bytes: [{status, headers, body}]. head: the answers have no bodies.
export function parseAnswers(bytes, head = false) {
  const answers = []
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf('\r\n\r\n', at)
    if (end < 0) break
    const lines = bytes.subarray(at, end).toString('latin1').split('\r\n')
    const match = /^HTTP\/1\.[01] (\d{3})/.exec(lines[0])
    must(match, `not an answer: ${lines[0].slice(0, 60)}`)
    const headers = {}
    for (const line of lines.slice(1)) {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).toLowerCase()
      const value = line.slice(colon + 1).trim()
      headers[name] = name in headers ? `${headers[name]}\n${value}` : value
    }
    const status = Number(match[1])
    const length = head || status < 200 || status === 304 ? 0 : Number(headers['content-length'] ?? bytes.length - end - 4)
    answers.push({ status, headers, body: bytes.subarray(end + 4, end + 4 + length).toString('utf8') })
    at = end + 4 + length
  }
  return answers
}

// Sends pieces one after the other and reads until the other side closes or is quiet for quietMs.
export function raw(port, pieces, { quietMs = 700, head = false, halfClose = false } = {}) {
  return new Promise((resolve, reject) => {
    const got = []
    let closed = false
    let timer
    const socket = createConnection({ port, host: '127.0.0.1' })
    const done = () => {
      clearTimeout(timer)
      socket.destroy()
      try {
        resolve({ answers: parseAnswers(Buffer.concat(got), head), closed })
      } catch (e) {
        reject(e)
      }
    }
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(done, quietMs)
    }
    socket.on('connect', async () => {
      for (const piece of [].concat(pieces)) {
        if (socket.destroyed || !socket.writable) break
        socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
        if (Array.isArray(pieces)) await new Promise((r) => setTimeout(r, 20))
      }
      if (halfClose) socket.end()
      wait()
    })
    socket.on('data', (d) => { got.push(d); wait() })
    socket.on('end', () => { closed = true; done() })
    socket.on('error', () => { closed = true; done() })
  })
}

// One whole request on a connection of its own.
export async function ask(port, method, path, { headers = {}, body } = {}) {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: lapor.test', 'Connection: close']
  const bytes = body === undefined ? Buffer.alloc(0) : Buffer.from(body)
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== undefined) lines.push(`Content-Length: ${bytes.length}`)
  const head = Buffer.from(lines.join('\r\n') + '\r\n\r\n', 'latin1')
  const { answers } = await raw(port, Buffer.concat([head, bytes]), { quietMs: 20000, head: method === 'HEAD' })
  const last = answers.filter((a) => a.status >= 200).at(-1)
  must(last, `${method} ${path}: no answer`)
  return last
}

export const form = (fields) => new URLSearchParams(fields).toString()
export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

export function multipart(parts, { end = true } = {}) {
  const pieces = parts.map(([name, value, filename]) => Buffer.concat([
    Buffer.from(`--batas\r\nContent-Disposition: form-data; name="${name}"` +
      (filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: application/octet-stream`) + '\r\n\r\n'),
    Buffer.from(value), Buffer.from('\r\n')]))
  return Buffer.concat([...pieces, Buffer.from(end ? '--batas--\r\n' : '')])
}
export const MULTIPART = { 'Content-Type': 'multipart/form-data; boundary=batas' }

// A database with demo data, and as many servers on it as asked for.
export function makeWorld(lapor) {
  const dir = mkdtempSync(join(tmpdir(), 'lapor-web-'))
  const db = process.env.LAPOR_DB ?? `sqlite:${join(dir, 'lapor.db')}`
  const demo = spawnSync(lapor, ['demo', '--db', db, '--reports', '30', '--seed', '5'], { encoding: 'utf8' })
  if (demo.status !== 0) throw new Error(`lapor demo: ${demo.stderr}`)
  const accounts = demo.stdout.trim().split('\n').map((l) => {
    const [role, login, password] = l.split('\t')
    return { role, login, password }
  })
  const uploads = join(dir, 'uploads')
  mkdirSync(uploads)
  return { dir, db, lapor, accounts, uploads, done: () => rmSync(dir, { recursive: true, force: true }) }
}

export async function startServer(world, { listen = '127.0.0.1:0', config = '', now } = {}) {
  const args = ['serve', '--db', world.db, '--listen', listen]
  if (config) {
    const path = join(world.dir, `config-${Math.random().toString(36).slice(2)}.yaml`)
    writeFileSync(path, config)
    args.push('--config', path)
  }
  if (now) args.push('--now', now)
  const child = spawn(world.lapor, args, { env: { ...process.env, TMPDIR: world.uploads }, stdio: ['ignore', 'ignore', 'pipe'] })
  const server = { child, log: '', status: null, port: 0 }
  server.ended = new Promise((r) => child.on('exit', (code, signal) => { server.status = code ?? signal; r() }))
  child.stderr.on('data', (d) => { server.log += d })
  for (let i = 0; i < 300 && !/serves http:\/\//.test(server.log) && server.status === null; i++)
    await new Promise((r) => setTimeout(r, 50))
  must(server.status === null && /serves http/.test(server.log), `the server does not start: ${server.log}`)
  server.port = Number(/serves http:\/\/[^\n]*:(\d+)/.exec(server.log)?.[1] ?? 0)
  server.stop = async () => { child.kill('SIGTERM'); await server.ended }
  return server
}

export function uploadsLeft(world) {
  return readdirSync(world.uploads).length
}

// nginx with packaging/nginx.conf: only addresses, names and TLS are changed.
export async function startNginx(world, root, upstreamPort) {
  const port = await freePort()
  const site = readFileSync(join(root, 'packaging/nginx.conf'), 'utf8')
    .replace('server 127.0.0.1:8080;', `server 127.0.0.1:${upstreamPort};`)
    .replace(/server \{\n\tlisten 80;[\s\S]*?\n\}\n/, '')
    .replace(/\tlisten \[::\]:443.*\n/, '')
    .replace(/listen 443 ssl http2;/, `listen 127.0.0.1:${port};`)
    .replace(/server_name .*/g, 'server_name lapor.test;')
    .replace(/\tssl_.*\n/g, '')
  must(!/443|ssl_/.test(site), 'the packaged configuration has changed its shape')
  const dir = join(world.dir, 'nginx')
  mkdirSync(dir)
  const conf = join(dir, 'nginx.conf')
  writeFileSync(conf, `daemon off; master_process off; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 256; }
http { client_body_temp_path ${dir}/body; proxy_temp_path ${dir}/proxy; fastcgi_temp_path ${dir}/f;
uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s; access_log off;\n${site}\n}\n`)
  const child = spawn('/usr/sbin/nginx', ['-p', dir, '-e', `${dir}/error.log`, '-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (d) => { said += d })
  for (let i = 0; i < 100; i++) {
    const up = await new Promise((r) => {
      const s = createConnection({ port, host: '127.0.0.1' }, () => { s.destroy(); r(true) })
      s.on('error', () => r(false))
    })
    if (up) return { port, stop: () => new Promise((r) => { child.on('exit', r); child.kill('SIGQUIT') }) }
    await new Promise((r) => setTimeout(r, 50))
  }
  throw new Error(`nginx does not start: ${said}`)
}

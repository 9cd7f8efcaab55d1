// Starts and stops the object store of a test.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { call, list } from './client.mjs'
import { freePort, must } from '../web/wire.mjs'

const program = fileURLToPath(new URL('store.py', import.meta.url))

export class Swift {
  constructor(dir, port) {
    Object.assign(this, { dir, port, url: `http://127.0.0.1:${port}`, access: 'lapor:berkas', secret: 'kunci+rahasia/toko', bucket: '/laporan' })
  }

  static async begin(dir) {
    const swift = new Swift(join(dir, 'swift'), await freePort())
    await swift.start()
    must((await call(swift, 'PUT', swift.bucket)).status === 200, 'no bucket')
    return swift
  }

  async start() {
    let log = ''
    // Debian's own Python, whatever else is on the path.
    this.child = spawn('/usr/bin/python3', [program, this.dir, String(this.port), this.access, this.secret], { stdio: ['ignore', 'ignore', 'pipe'] })
    this.child.stderr.on('data', (d) => { log += d })
    this.ended = new Promise((resolve) => this.child.on('exit', resolve))
    for (let i = 0; ; i++) {
      try { await fetch(this.url); return } catch { /* not yet */ }
      must(this.child.exitCode === null && i < 300, `the object store does not start: ${log}`)
      await new Promise((r) => setTimeout(r, 100))
    }
  }

  async stop() {
    this.child.kill('SIGTERM')
    await this.ended
  }

  path(object) { return `${this.bucket}/${object}` }
  objects() { return list(this, this.bucket) }
}

// A browser without scripts, for the tests that play citizens.
import { ask, form, FORM, multipart, MULTIPART } from './wire.mjs'

export const TEXT = 'Lampu di enam tiang padam sejak awal bulan. Mohon diperbaiki.'

// A browser: cookies, the token of the last form, an address of its own.
export class Browser {
  // port: of the server, or a function that says which one is asked next.
  constructor(port, address = `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`) {
    this.port = typeof port === 'function' ? port : () => port
    this.cookies = new Map()
    this.address = address
    this.csrf = ''
  }

  async go(method, path, { headers = {}, body } = {}) {
    const cookie = [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ')
    const answer = await ask(this.port(), method, path,
      { headers: { 'X-Forwarded-For': this.address, ...(cookie ? { Cookie: cookie } : {}), ...headers }, body })
    for (const line of (answer.headers['set-cookie'] ?? '').split('\n').filter(Boolean)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      this.cookies.set(name, value)
    }
    this.csrf = /name="csrf" value="([0-9a-f]+)"/.exec(answer.body)?.[1] ?? this.csrf
    return answer
  }

  get(path) { return this.go('GET', path) }

  post(path, fields) {
    return this.go('POST', path, { headers: FORM, body: form({ csrf: this.csrf, ...fields }) })
  }

  upload(path, parts) {
    return this.go('POST', path, { headers: MULTIPART, body: multipart([['csrf', this.csrf], ...parts]) })
  }

  async fill({ title = 'Lampu jalan mati di Jalan Melati', sifat = 'anonim' } = {}) {
    await this.get('/lapor')
    await this.post('/lapor', { jenis: 'pengaduan', aksi: 'lanjut' })
    await this.post('/lapor/isi', { judul: title, isi: TEXT })
    await this.post('/lapor/lokasi', { lokasi: 'Depan sekolah' })
    await this.upload('/lapor/bukti', [['instansi', 'tidak-tahu'], ['aksi', 'lanjut']])
    return this.post('/lapor/identitas', { sifat })
  }

  async send() {
    await this.get('/lapor/periksa')
    return this.post('/lapor/periksa', { setuju: 'ya' })
  }

  async sent() {
    const page = await this.get('/lapor/terkirim')
    return {
      number: /Nomor laporan <b class="angka">([0-9-]+)</.exec(page.body)?.[1],
      code: /besar-kode">([A-Z0-9-]+)</.exec(page.body)?.[1]?.replaceAll('-', ''),
    }
  }
}

// The HTTP side against a running server: what it refuses, what it bounds, what it promises. Raw sockets, no browser.
import { spawnSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ask, check, equal, failures, form, FORM, makeWorld, multipart, MULTIPART, must, raw, startNginx, startServer, uploadsLeft,
} from './wire.mjs'
import { shapes } from './shapes.mjs'

const [lapor, root] = process.argv.slice(2)
const world = makeWorld(lapor)
const server = await startServer(world)
const nginx = await startNginx(world, root, server.port)
const { port } = server

const CSP = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; " +
  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const JSON_WANTED = { Accept: 'application/json' }
const report = (more = {}) => ({
  jenis: 'pengaduan', judul: 'Lampu jalan mati', isi: 'Lampu jalan di depan sekolah mati sejak sepekan.', sifat: 'anonim', ...more,
})
const send = (more, headers = {}, at = port) =>
  ask(at, 'POST', '/lapor/kirim', { headers: { ...FORM, ...JSON_WANTED, ...headers }, body: form(report(more)) })
const parts = (more = []) => [...Object.entries(report()), ...more]

async function smuggling() {
  for (const shape of shapes) {
    await check(`${shape.name}: refused, closed, and nothing behind it answered`, async () => {
      const { answers, closed } = await raw(port, shape.bytes)
      equal(answers.length, 1, 'answers')
      must([400, 413, 501].includes(answers[0].status), `status ${answers[0].status}`)
      must(closed, 'the connection stays open')
    })
    await check(`${shape.name}: nothing slips through nginx`, async () => {
      const { answers } = await raw(nginx.port, shape.bytes)
      if (!shape.throughNginx) {
        equal(answers.length, 1, 'answers')
        must([400, 405, 501].includes(answers[0].status), `status ${answers[0].status}`)
      } else {
        // One clean request, then the next one of the same sender: nobody else's.
        must(answers.length >= 1 && answers.length <= 2, `${answers.length} answers`)
        must(!answers.some((a) => a.status >= 500), 'a failure')
      }
    })
  }
}

async function bounds() {
  const cases = [
    ['a bad escape in the path', 'GET', '/bantuan%zz', {}, 400],
    ['a NUL in the path', 'GET', '/bantuan%00', {}, 400],
    ['an encoded slash in the path', 'GET', '/laporan%2F1', {}, 400],
    ['a bad escape in the query', 'GET', '/laporan?q=%4', {}, 400],
    ['broken UTF-8 in the query', 'GET', '/laporan?q=%C3', {}, 400],
    ['too many fields in the query', 'GET', '/laporan?' + 'a&'.repeat(200), {}, 400],
    ['an address that is too long', 'GET', '/laporan?q=' + 'a'.repeat(4100), {}, 414],
    ['an unknown address', 'GET', '/tidak-ada', {}, 404],
    ['doubled slashes', 'GET', '//laporan', {}, 404],
    ['a POST where there is only a GET', 'POST', '/bantuan', { headers: FORM, body: '' }, 405],
    ['an unknown method', 'DELETE', '/bantuan', {}, 405],
    ['a body of an unknown type', 'POST', '/lapor/kirim', { headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }, 415],
    ['a bad escape in a form', 'POST', '/lapor/kirim', { headers: FORM, body: 'judul=%zz' }, 400],
    ['broken UTF-8 in a form', 'POST', '/lapor/kirim', { headers: FORM, body: 'judul=%FF%FE' }, 400],
    ['raw broken UTF-8 in a form', 'POST', '/lapor/kirim', { headers: FORM, body: Buffer.from([0x61, 0x3d, 0xc3]) }, 400],
    ['multipart without a boundary', 'POST', '/lapor/kirim', { headers: { 'Content-Type': 'multipart/form-data' }, body: 'x' }, 400],
    ['multipart that is none', 'POST', '/lapor/kirim', { headers: MULTIPART, body: '--batas\r\nnonsense\r\n\r\n' }, 400],
    ['broken UTF-8 in multipart', 'POST', '/lapor/kirim', { headers: MULTIPART, body: multipart([['judul', Buffer.from([0xff])]]) }, 400],
    ['a field that is too long for any form', 'POST', '/lapor/kirim', { headers: MULTIPART, body: multipart([['isi', 'a'.repeat(600000)]]) }, 413],
  ]
  for (const [what, method, path, options, status] of cases)
    await check(`${what} is answered with ${status}`, async () => {
      equal((await ask(port, method, path, options)).status, status, 'status')
    })
  await check('too many header lines are refused', async () => {
    const headers = Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`X-${i}`, 'a']))
    equal((await ask(port, 'GET', '/', { headers })).status, 431, 'status')
  })
  await check('header lines that are too long are refused', async () => {
    equal((await ask(port, 'GET', '/', { headers: { X: 'a'.repeat(20000) } })).status, 431, 'status')
  })
  await check('405 names the methods there are', async () => {
    equal((await ask(port, 'POST', '/bantuan', { headers: FORM, body: '' })).headers.allow, 'GET, HEAD', 'Allow')
    equal((await ask(port, 'DELETE', '/masuk')).headers.allow, 'GET, HEAD, POST', 'Allow')
  })
  await check('a slash at the end is taken away for good, with the query kept', async () => {
    const a = await ask(port, 'GET', '/laporan/?q=lampu')
    equal(a.status, 308, 'status')
    equal(a.headers.location, '/laporan?q=lampu', 'Location')
  })
  await check('a body that is announced too large is refused before it is sent', async () => {
    const { answers, closed } = await raw(port, `POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\n`)
    equal(answers[0]?.status, 413, 'status')
    must(closed, 'the connection stays open')
  })
  await check('a body of unknown length is refused once it is too large', async () => {
    const chunk = `1000\r\n${'a'.repeat(4096)}\r\n`
    const { answers } = await raw(port, [`POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
      chunk.repeat(10), '0\r\n\r\n'])
    equal(answers[0]?.status, 413, 'status')
  })
  await check('a body without end is cut off', async () => {
    const megabyte = `100000\r\n${'a'.repeat(1048576)}\r\n`
    const { closed } = await raw(port, [`POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
      ...Array(12).fill(megabyte)], { quietMs: 3000 })
    must(closed, 'still listening after 12 MB')
  })
}

async function promises() {
  await check('every page carries the security headers', async () => {
    for (const path of ['/', '/masuk', '/lacak', '/tidak-ada', '/lapor']) {
      const { headers } = await ask(port, 'GET', path)
      equal(headers['content-security-policy'], CSP, `${path} CSP`)
      equal(headers['referrer-policy'], 'no-referrer', `${path} Referrer-Policy`)
      equal(headers['x-content-type-options'], 'nosniff', `${path} nosniff`)
      equal(headers['x-frame-options'], 'DENY', `${path} frames`)
    }
  })
  await check('a page with a form is not stored and not packed', async () => {
    const a = await ask(port, 'GET', '/masuk', { headers: { 'Accept-Encoding': 'gzip, br' } })
    equal(a.headers['cache-control'], 'no-store', 'Cache-Control')
    equal(a.headers['content-encoding'], undefined, 'Content-Encoding')
  })
  await check('HEAD answers like GET, without the body', async () => {
    const get = await ask(port, 'GET', '/bantuan')
    const head = await raw(port, 'HEAD /bantuan HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', { head: true })
    equal(head.answers.length, 1, 'answers')
    equal(head.answers[0].status, 200, 'status')
    equal(head.answers[0].headers['content-length'], get.headers['content-length'], 'length')
  })
  await check('files of the program are kept for good, packed, and answered 304 by their tag', async () => {
    const css = /\/aset\/lapor\.[0-9a-f]+\.css/.exec((await ask(port, 'GET', '/')).body)[0]
    const plain = await ask(port, 'GET', css)
    const packed = await ask(port, 'GET', css, { headers: { 'Accept-Encoding': 'gzip, br' } })
    equal(plain.headers['content-encoding'], undefined, 'plain')
    equal(packed.headers['content-encoding'], 'br', 'packed')
    must(Number(packed.headers['content-length']) < Number(plain.headers['content-length']), 'not smaller')
    must(/immutable/.test(plain.headers['cache-control']), 'not kept')
    equal((await ask(port, 'GET', css, { headers: { 'If-None-Match': plain.headers.etag } })).status, 304, 'status')
    equal((await ask(port, 'GET', css.replace(/\.[0-9a-f]+\./, '.00000000.'))).status, 404, 'an old name')
  })
  await check('a public page is kept until something is written, and answered 304 by its tag', async () => {
    const first = await ask(port, 'GET', '/')
    equal(first.headers['cache-control'], 'no-cache', 'Cache-Control')
    must(first.headers.etag, 'no tag')
    equal((await ask(port, 'GET', '/')).headers.etag, first.headers.etag, 'the same page')
    equal((await ask(port, 'GET', '/', { headers: { 'If-None-Match': first.headers.etag } })).status, 304, 'status')
    equal((await send()).status, 201, 'a report')
    const second = await ask(port, 'GET', '/', { headers: { 'If-None-Match': first.headers.etag } })
    equal(second.status, 200, 'after the report')
    must(second.headers.etag !== first.headers.etag, 'an old page')
    equal((await ask(port, 'GET', '/', { headers: { Cookie: 'draf=1' } })).headers['cache-control'], 'no-cache', 'with another cookie')
    must(/<html lang="en"/.test((await ask(port, 'GET', '/', { headers: { Cookie: 'bahasa=en' } })).body), 'the wrong language')
  })
  await check('a connection serves many requests, pipelined too', async () => {
    const one = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
    const { answers } = await raw(port, one + one + 'GET /tidak-ada HTTP/1.1\r\nHost: a\r\n\r\n' + one)
    equal(answers.map((a) => a.status).join(), '200,200,404,200', 'statuses')
  })
  await check('a request in crumbs is understood', async () => {
    const text = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
    const { answers } = await raw(port, text.match(/.{1,7}/gs))
    equal(answers[0]?.status, 200, 'status')
  })
  await check('language and look are chosen by address and form, and remembered', async () => {
    const english = await ask(port, 'GET', '/?bahasa=en')
    must(/<html lang="en"/.test(english.body), 'not English')
    must(/bahasa=en/.test(english.headers['set-cookie']), 'not remembered')
    must(/<html lang="id"/.test((await ask(port, 'GET', '/', { headers: { 'Accept-Language': 'en' } })).body), 'Indonesian is first')
    const dark = await ask(port, 'POST', '/tampilan', { headers: FORM, body: form({ tema: 'gelap', kembali: '/laporan?q=a' }) })
    equal(dark.headers.location, '/laporan?q=a', 'Location')
    must(/data-tema="gelap"/.test((await ask(port, 'GET', '/', { headers: { Cookie: 'tema=gelap' } })).body), 'not dark')
    for (const kembali of ['//evil.test', 'https://evil.test', '/\\evil.test', '/a\r\nX: y'])
      equal((await ask(port, 'POST', '/tampilan', { headers: FORM, body: form({ tema: '', kembali }) })).headers.location, '/', kembali)
  })
  await check('figures are for this machine only', async () => {
    const here = await ask(port, 'GET', '/metrics')
    equal(here.status, 200, 'direct')
    must(/lapor_http_requests_total\{method="GET",route="\/healthz",status="200"\} \d+/.test(here.body), 'no count')
    must(!/tidak-ada|q=/.test(here.body), 'addresses in the figures')
    equal((await ask(nginx.port, 'GET', '/metrics')).status, 403, 'through nginx')
    equal((await ask(port, 'GET', '/metrics', { headers: { 'X-Forwarded-For': '198.51.100.7' } })).status, 404, 'forwarded')
  })
}

async function uploads() {
  const photo = readFileSync(join(root, 'tests/fuzz/corpus/image/baseline_exif.jpg'))
  await check('a report with a photo is taken in one request', async () => {
    const a = await ask(port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED },
      body: multipart(parts([['lampiran', photo, 'foto.jpg']])) })
    equal(a.status, 201, `status (${a.body})`)
  })
  await check('the same passes through nginx, and what a client says about its address does not', async () => {
    const a = await ask(nginx.port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED, 'X-Forwarded-For': '203.0.113.5' },
      body: multipart(parts([['lampiran', photo, 'foto.jpg']])) })
    equal(a.status, 201, `status (${a.body})`)
    equal((await ask(nginx.port, 'GET', '/healthz')).body, 'ok\n', 'health')
  })
  await check('a form that lost its end is not taken for a whole one', async () => {
    const a = await ask(port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED },
      body: multipart(parts(), { end: false }) })
    must(a.status >= 400 && a.status < 500, `status ${a.status}`)
  })
  await check('nor at any other form', async () => {
    const page = await ask(port, 'GET', '/lapor/bukti')
    const headers = { ...MULTIPART, Cookie: cookieOf(page, 'tamu') }
    const fields = [['csrf', csrfOf(page)], ['instansi', 'tidak-tahu']]
    equal((await ask(port, 'POST', '/lapor/bukti', { headers, body: multipart(fields) })).status, 303, 'whole')
    equal((await ask(port, 'POST', '/lapor/bukti', { headers, body: multipart(fields, { end: false }) })).status, 400, 'cut')
  })
  await check('a photo that lost its end refuses the form, too', async () => {
    const whole = multipart(parts([['lampiran', photo, 'foto.jpg']]))
    const a = await ask(port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED }, body: whole.subarray(0, whole.length - 200) })
    must(a.status >= 400 && a.status < 500, `status ${a.status}`)
  })
  await check('a file over 10 MB is named, and the rest of the form was read', async () => {
    const a = await ask(port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED },
      body: multipart([['lampiran', Buffer.alloc(11 << 20, 1), 'besar.jpg'], ...parts()]) })
    equal(a.status, 422, 'status')
    must(/10 MB/.test(a.body) && !/judul/.test(a.body), a.body.slice(0, 200))
  })
  await check('a large form that is broken at its beginning still gets its answer', async () => {
    const broken = Buffer.concat([Buffer.from('--batas\r\nnonsense\r\n\r\n'), Buffer.alloc(20 << 20, 1)])
    equal((await ask(port, 'POST', '/lapor/kirim', { headers: MULTIPART, body: broken })).status, 400, 'status')
  })
  await check('what is refused leaves no file in the folder for long, what is taken leaves one', async () => {
    const folder = join(world.dir, 'files')
    mkdirSync(folder)
    const there = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).length
    const keeper = await startServer(world, { config: `files_dir: ${folder}\n` })
    const post = (fields) => ask(keeper.port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED },
      body: multipart([...Object.entries(fields), ['lampiran', photo, 'foto.jpg']]) })
    equal((await post({ ...report(), judul: 'x' })).status, 422, 'a short title')
    equal((await post(report())).status, 201, 'a report')
    equal(there(), 2, 'files at first')
    await keeper.stop()
    const config = join(world.dir, 'files.yaml')
    writeFileSync(config, `files_dir: ${folder}\n`)
    const later = new Date(Date.now() + 61 * 60 * 1000).toISOString().replace(/\.\d+/, '')
    const work = spawnSync(world.lapor, ['work', '--once', '--db', world.db, '--config', config, '--now', later], { encoding: 'utf8' })
    equal(work.status, 0, work.stderr)
    equal(there(), 1, 'files an hour later')
  })
  await check('a page in the clothes of a photo is refused', async () => {
    const a = await ask(port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED },
      body: multipart(parts([['lampiran', '<html><script>alert(1)</script>', 'foto.jpg']])) })
    equal(a.status, 422, 'status')
  })
}

// libmicrohttpd notices a sender that vanished only when its time is up (30 s): begun first, looked at last.
async function hangUp() {
  const whole = multipart(parts([['lampiran', Buffer.alloc(3 << 20, 7), 'foto.jpg']]))
  const head = `POST /lapor/kirim HTTP/1.1\r\nHost: a\r\nContent-Type: ${MULTIPART['Content-Type']}\r\nContent-Length: ${whole.length}\r\n\r\n`
  await Promise.all(Array.from({ length: 8 }, () => new Promise((resolve) => {
    const s = createConnection({ port, host: '127.0.0.1' }, () => {
      s.write(head)
      s.write(whole.subarray(0, 2 << 20), () => { s.destroy(); resolve() })
    })
  })))
}

async function hungUp() {
  await check('senders that hang up in the middle leave nothing behind', async () => {
    for (let i = 0; i < 450 && uploadsLeft(world) > 0; i++) await new Promise((r) => setTimeout(r, 100))
    equal(uploadsLeft(world), 0, 'folders left')
    equal((await ask(port, 'GET', '/healthz')).status, 200, 'health')
  })
}

async function crowd() {
  await check('many reports at once are all answered, each with a number of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 120 }, (_, i) => send({ judul: `Lampu jalan ${i} mati` })))
    equal([...new Set(answers.map((a) => a.status === 201 ? '201' : `${a.status} ${a.body.slice(0, 200)}`))].join(), '201', 'statuses')
    equal(new Set(answers.map((a) => JSON.parse(a.body).nomor)).size, 120, 'numbers')
    equal(new Set(answers.map((a) => JSON.parse(a.body).kode)).size, 120, 'codes')
  })
  await check('the same key sent many times at once makes one report', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send({ kunci_idempotensi: 'kunci-uji-1' })))
    equal(new Set(answers.map((a) => JSON.parse(a.body).nomor)).size, 1, 'numbers')
  })
  await check('a guessed key gives nobody the report of somebody else', async () => {
    const key = { kunci_idempotensi: '1' }
    const mine = JSON.parse((await send(key)).body), again = JSON.parse((await send(key)).body)
    equal(again.kode, mine.kode, 'the retry')
    const other = await send({ ...key, isi: 'Ini laporan orang lain dengan kunci yang sama persis.' })
    equal(other.status, 201, 'status')
    must(JSON.parse(other.body).kode !== mine.kode, 'the code of another report')
  })
  await check('codes are not in the log', async () => {
    const { kode } = JSON.parse((await send()).body)
    equal((await ask(port, 'GET', `/lacak/${kode.replaceAll('-', '')}`)).status, 200, 'tracking page')
    await ask(port, 'GET', `/lacak/${kode.replaceAll('-', '')}?x=%zz`)
    must(!server.log.includes(kode.slice(0, 4)), 'found in the log')
  })
}

const cookieOf = (answer, name) => new RegExp(`(^|\\n)(${name}=[^;]+)`).exec(answer.headers['set-cookie'] ?? '')?.[2]
const csrfOf = (answer) => /name="csrf" value="([0-9a-f]{64})"/.exec(answer.body)?.[1]

async function signIn(account) {
  const page = await ask(port, 'GET', '/masuk')
  const tamu = cookieOf(page, 'tamu')
  const a = await ask(port, 'POST', '/masuk', { headers: { ...FORM, Cookie: tamu },
    body: form({ csrf: csrfOf(page), login: account.login, sandi: account.password }) })
  return { page, tamu, answer: a, sesi: cookieOf(a, 'sesi') }
}

async function sessions() {
  const account = world.accounts.find((a) => a.role === 'agency_admin')
  await check('who is not signed in is sent to sign in, and back', async () => {
    const a = await ask(port, 'GET', '/meja?antrean=baru')
    equal(a.status, 303, 'status')
    equal(a.headers.location, '/masuk?lanjut=/meja%3Fantrean%3Dbaru', 'Location')
    equal((await ask(port, 'POST', '/keluar', { headers: FORM, body: '' })).status, 403, 'a POST keeps what was typed')
  })
  await check('an officer signs in with a cookie that scripts cannot read', async () => {
    const { answer, sesi } = await signIn(account)
    equal(answer.status, 303, `status`)
    must(sesi, 'no session cookie')
    must(/sesi=[^\n]*HttpOnly[^\n]*SameSite=Lax/.test(answer.headers['set-cookie']), answer.headers['set-cookie'])
    equal((await ask(port, 'GET', '/meja', { headers: { Cookie: sesi } })).status, 200, 'inbox')
  })
  await check('a form without, with a wrong or with a stranger\'s token changes nothing', async () => {
    const page = await ask(port, 'GET', '/masuk')
    const tamu = cookieOf(page, 'tamu')
    const body = (csrf) => form({ ...(csrf ? { csrf } : {}), login: account.login, sandi: account.password })
    const stranger = csrfOf(await ask(port, 'GET', '/masuk'))
    for (const [headers, csrf] of [[{ Cookie: tamu }, null], [{ Cookie: tamu }, '0'.repeat(64)], [{ Cookie: tamu }, stranger],
      [{}, csrfOf(page)], [{ Cookie: tamu, 'Sec-Fetch-Site': 'cross-site' }, csrfOf(page)]]) {
      const a = await ask(port, 'POST', '/masuk', { headers: { ...FORM, ...headers }, body: body(csrf) })
      equal(a.status, 403, `status with ${JSON.stringify(headers)}`)
      must(!cookieOf(a, 'sesi'), 'signed in')
    }
  })
  await check('no form of ours does anything without its token', async () => {
    const { sesi } = await signIn(world.accounts.find((a) => a.role === 'national_admin'))
    const lines = readFileSync(join(root, 'src/web/routes.def'), 'utf8').replace(/\n\t/g, ' ').split('\n')
    const posts = lines.map((l) => /^ROUTE\(POST, "([^"]+)", .*, WRITES,/.exec(l)?.[1]).filter(Boolean)
    must(posts.length > 10, 'the table was not read')
    for (const pattern of posts) {
      const path = pattern.replace('{nomor}', '2026-000001').replace('{kode}', 'ABCDEFGHJK').replace(/\{[^}]+\}/g, '1')
      for (const Cookie of [sesi, 'sesi=x']) {
        for (const [type, body] of [[FORM, 'a=1'], [MULTIPART, multipart([['a', '1'], ['lampiran', 'x', 'a.jpg']])]]) {
          const a = await ask(port, 'POST', path, { headers: { ...type, Cookie }, body })
          must(a.status >= 400 && a.status < 500, `${path}: status ${a.status}`)
        }
      }
    }
  })
  await check('a document of almost 10 MB comes back to the officer byte by byte, as a download', async () => {
    const pdf = Buffer.alloc(10 * 1024 * 1024 - 10, 'x')
    pdf.write('%PDF-1.4\n')
    pdf.write('\n%%EOF\n', pdf.length - 7)
    const sent = await ask(port, 'POST', '/lapor/kirim', { headers: { ...MULTIPART, ...JSON_WANTED },
      body: multipart(parts([['lampiran', pdf, '../../surat \\"penting\\".pdf']])) })
    equal(sent.status, 201, sent.body)
    const { nomor } = JSON.parse(sent.body)
    const { sesi } = await signIn(world.accounts.find((a) => a.role === 'national_admin'))
    const page = await ask(port, 'GET', `/meja/laporan/${nomor}`, { headers: { Cookie: sesi } })
    const link = new RegExp(`/meja/laporan/${nomor}/lampiran/\\d+`).exec(page.body)?.[0]
    must(link, 'no link on the report page')
    const a = await ask(port, 'GET', link, { headers: { Cookie: sesi } })
    equal(a.status, 200, 'status')
    equal(a.headers['content-type'], 'application/pdf', 'type')
    must(/^attachment; filename="[^"/]*"/.test(a.headers['content-disposition']), a.headers['content-disposition'])
    must(Buffer.from(a.body, 'utf8').equals(pdf), 'other bytes')
    equal((await ask(port, 'GET', link)).status, 303, 'without signing in')
  })
  await check('signing out ends the session on the server', async () => {
    const { sesi } = await signIn(account)
    const csrf = csrfOf(await ask(port, 'GET', '/meja', { headers: { Cookie: sesi } }))
    must(csrf, 'no token on the inbox')
    equal((await ask(port, 'POST', '/keluar', { headers: { ...FORM, Cookie: sesi }, body: form({ csrf: '0'.repeat(64) }) })).status, 403, 'wrong token')
    equal((await ask(port, 'GET', '/meja', { headers: { Cookie: sesi } })).status, 200, 'still in')
    equal((await ask(port, 'POST', '/keluar', { headers: { ...FORM, Cookie: sesi }, body: form({ csrf }) })).status, 303, 'out')
    equal((await ask(port, 'GET', '/meja', { headers: { Cookie: sesi } })).status, 303, 'the old cookie')
  })
  await check('a cookie out of thin air opens nothing', async () => {
    for (const value of ['x', '0'.repeat(64), 'é', "' OR 1=1"])
      equal((await ask(port, 'GET', '/meja', { headers: { Cookie: `sesi=${value}` } })).status, 303, value)
  })
}

async function limits() {
  const strict = await startServer(world, { config: 'trusted_proxy: 127.0.0.1\nsubmit_per_hour: 3\nbase_url: https://lapor.test\n' })
  const from = (address) => send({}, { 'X-Forwarded-For': address }, strict.port)
  await check('an address that sends too much has to wait, another one not', async () => {
    for (let i = 0; i < 3; i++) equal((await from('198.51.100.7')).status, 201, `report ${i}`)
    equal((await from('198.51.100.7')).status, 429, 'the fourth')
    equal((await from('203.0.113.1, 198.51.100.7')).status, 429, 'with an invented hop')
    equal((await from('198.51.100.8')).status, 201, 'another address')
  })
  await check('drafts are not begun without end', async () => {
    const page = await ask(strict.port, 'GET', '/lapor')
    const headers = { ...FORM, Cookie: cookieOf(page, 'tamu'), 'X-Forwarded-For': '198.51.100.10' }
    const begin = () => ask(strict.port, 'POST', '/lapor', { headers, body: form({ csrf: csrfOf(page), jenis: 'pengaduan' }) })
    let last = await begin()
    for (let i = 1; i < 30; i++) equal((await begin()).status, 303, `draft ${i}`)
    headers.Cookie += `; ${cookieOf(last, 'draf')}`
    equal((await begin()).status, 303, 'the one that is there goes on')
    headers.Cookie = cookieOf(page, 'tamu')
    equal((await begin()).status, 429, 'one too many')
  })
  await check('codes are not guessed through files either', async () => {
    const { kode } = JSON.parse((await send({}, {}, strict.port)).body)
    const guess = () => ask(strict.port, 'GET', `/lacak/${kode.replaceAll('-', '')}/berkas/999999`,
      { headers: { 'X-Forwarded-For': '198.51.100.9' } })
    for (let i = 0; i < 20; i++) equal((await guess()).status, 404, `guess ${i}`)
    equal((await guess()).status, 429, 'one too many')
  })
  await check('a direct request from this machine is not limited', async () => {
    for (let i = 0; i < 6; i++) equal((await send({}, {}, strict.port)).status, 201, `report ${i}`)
  })
  await check('a site on https marks its cookies Secure', async () => {
    must(/tamu=[^\n]*; Secure/.test((await ask(strict.port, 'GET', '/masuk')).headers['set-cookie']), 'not Secure')
  })
  await strict.stop()
}

async function beginningAndEnd() {
  await check('a port in use is said in one sentence', async () => {
    const r = spawnSync(lapor, ['serve', '--db', world.db, '--listen', `127.0.0.1:${port}`], { encoding: 'utf8' })
    must(r.status !== 0, 'it started')
    must(/in use/.test(r.stderr), r.stderr)
  })
  for (const where of ['nonsense', '127.0.0.1', '127.0.0.1:99999', '203.0.113.77:8080', 'unix:/no/such/folder/s'])
    await check(`listening on ${where} is refused with advice`, async () => {
      const r = spawnSync(lapor, ['serve', '--db', world.db, '--listen', where], { encoding: 'utf8' })
      must(r.status !== 0 && /cannot listen/.test(r.stderr), r.stderr)
    })
  await check('a unix socket serves, and is gone afterwards', async () => {
    const path = join(world.dir, 's')
    const local = await startServer(world, { listen: `unix:${path}` })
    const r = spawnSync('curl', ['-s', '--unix-socket', path, 'http://a/healthz'], { encoding: 'utf8' })
    equal(r.stdout, 'ok\n', 'health')
    await local.stop()
    equal(local.status, 0, 'exit status')
    must(spawnSync('test', ['-e', path]).status !== 0, 'the socket is still there')
  })
  await check('a node says that it is ready, and not when the database has another version', async () => {
    const sql = (text) => equal(spawnSync('sqlite3', [world.db.slice('sqlite:'.length), text]).status, 0, text)
    const ready = async () => { const a = await ask(port, 'GET', '/readyz'); return `${a.status} ${a.body}` }
    equal(await ready(), '200 ready\n', 'before')
    sql("INSERT INTO schema_version VALUES (9999, 'future')")
    equal(await ready(), '503 the database has another version than this program\n', 'newer')
    equal((await ask(port, 'GET', '/healthz')).status, 200, 'but it lives')
    sql('DELETE FROM schema_version WHERE number = 9999')
    equal(await ready(), '200 ready\n', 'after')
  })
  await check('SIGTERM: first it is not ready but answers, a second SIGTERM ends it', async () => {
    const other = await startServer(world, { config: 'drain_seconds: 60\n' })
    equal((await ask(other.port, 'GET', '/readyz')).status, 200, 'ready')
    other.child.kill('SIGTERM')
    let a = {}
    for (let i = 0; i < 100 && a.status !== 503; i++) a = await ask(other.port, 'GET', '/readyz')
    equal(a.body, 'ending\n', 'not ready')
    const page = await ask(other.port, 'GET', '/')
    equal(page.status, 200, 'a page')
    equal(page.headers.connection, 'close', 'Connection')
    equal((await ask(other.port, 'GET', '/healthz')).status, 200, 'it lives')
    equal(other.status, null, 'it has not ended')
    await other.stop()
    equal(other.status, 0, 'exit status')
  })
  await check('SIGTERM: what has begun is answered, then the process ends with 0', async () => {
    const other = await startServer(world)
    const body = form(report())
    const head = `POST /lapor/kirim HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`
    const answer = new Promise((resolve, reject) => {
      let got = ''
      const s = createConnection({ port: other.port, host: '127.0.0.1' }, () => {
        s.write(head + body.slice(0, 20))
        setTimeout(() => other.child.kill('SIGTERM'), 150)
        setTimeout(() => s.write(body.slice(20)), 400)
      })
      s.on('data', (d) => { got += d })
      s.on('close', () => resolve(got))
      s.on('error', reject)
    })
    must(/^HTTP\/1\.1 201 /.test(await answer), 'the report was not taken')
    await other.ended
    equal(other.status, 0, `exit status (${other.log.slice(-300)})`)
  })
  await check('idle connections do not keep it from ending', async () => {
    const other = await startServer(world)
    const idle = createConnection({ port: other.port, host: '127.0.0.1' })
    idle.on('error', () => {})
    await new Promise((r) => setTimeout(r, 100))
    const begin = Date.now()
    await other.stop()
    equal(other.status, 0, 'exit status')
    must(Date.now() - begin < 5000, 'it took too long')
    idle.destroy()
  })
}

for (const group of [hangUp, smuggling, bounds, promises, uploads, crowd, sessions, limits, beginningAndEnd, hungUp]) await group()
await server.stop()
await check('nginx says when nobody is behind it', async () => {
  const a = await ask(nginx.port, 'GET', '/')
  equal(a.status, 503, 'status')
  equal(a.headers['retry-after'], '30', 'Retry-After')
  must(/Tidak ada data yang hilang/.test(a.body), a.body.slice(0, 100))
})
await nginx.stop()
await check('the server ends without a leak or an error', async () => {
  equal(server.status, 0, server.log.slice(-2000))
  must(!/AddressSanitizer|runtime error| error /.test(server.log), server.log.slice(-2000))
})
world.done()
process.exit(failures() > 0 ? 1 : 0)

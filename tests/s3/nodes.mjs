// Two servers on one PostgreSQL and one object store: a file that came in by one is given out by both.
// Usage: LAPOR_DB=postgresql://... node nodes.mjs LAPOR_BINARY
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from '../web/browser.mjs'
import { check, equal, failures, makeWorld, startServer } from '../web/wire.mjs'
import { Swift } from './swift.mjs'

const world = makeWorld(process.argv[2])
const swift = await Swift.begin(world.dir)
const keys = join(world.dir, 'keys')
writeFileSync(keys, `${swift.access}\n${swift.secret}\n`)
const config = `trusted_proxy: 127.0.0.1\nfiles_s3: ${swift.url}${swift.bucket}\nfiles_s3_key_file: ${keys}\n`
const configFile = join(world.dir, 's3.yaml')
writeFileSync(configFile, config)
const [a, b] = await Promise.all([startServer(world, { config }), startServer(world, { config })])
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

await check('two nodes and an object store: a file that came in by one is given out by both', async () => {
  let port = a.port
  const h = new Browser(() => port)
  await h.fill()
  await h.get('/lapor/bukti')
  equal((await h.upload('/lapor/bukti', [['aksi', 'unggah'], ['lampiran', PNG, 'lampu.png']])).status, 303, 'a file')
  equal((await swift.objects()).length, 1, 'objects')
  const file = /\/lapor\/berkas\/\d+/.exec((await h.get('/lapor/bukti')).body)?.[0]
  for (port of [b.port, a.port, b.port]) equal((await h.get(file)).headers['content-type'], 'image/png', 'the file')
  for (const place of ['database', 's3']) {
    const moved = spawnSync(world.lapor, ['files', '--to', place, '--db', world.db, '--config', configFile], { encoding: 'utf8' })
    equal(moved.stdout, '1 moved, 0 were there, 0 failed\n', `moved: ${moved.stderr}`)
    for (port of [b.port, a.port]) equal((await h.get(file)).headers['content-type'], 'image/png', `the file, moved to ${place}`)
  }
})
await Promise.all([a.stop(), b.stop(), swift.stop()])
world.done()
process.exit(failures() ? 1 : 0)

// Sends reports to two nodes, one after the other on each of some lines, until so many are acknowledged. What gets no
// answer, or a 503, is sent again with its key, to the other node. Each acknowledged number goes to the file at once.
// Usage: node load.mjs ACK_FILE ACKS LINES PORT PORT
import { appendFileSync } from 'node:fs'

const [file, acks, lines, ...ports] = process.argv.slice(2)
const wanted = Number(acks)
const gaveUp = Date.now() + 90000
let acked = 0
let again = 0
let last = Date.now()
let longest = 0

async function send(port, key) {
  const body = new URLSearchParams({
    jenis: 'pengaduan', judul: 'Lampu jalan mati', isi: 'Lampu jalan di depan sekolah mati sejak sepekan.', sifat: 'anonim',
    kunci_idempotensi: key,
  })
  const answer = await fetch(`http://127.0.0.1:${port}/lapor/kirim`, {
    method: 'POST', body, headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(15000),
  })
  const text = await answer.text()
  if (answer.status === 201 || answer.status === 200) return JSON.parse(text).nomor
  if (answer.status !== 503) throw new Error(`status ${answer.status}: ${text.slice(0, 200)}`)
  return null
}

async function line(n) {
  let port = n % ports.length
  for (let i = 0; acked < wanted; i++) {
    const key = `beban:${n}:${i}`
    let number = null
    while (!number) {
      if (Date.now() > gaveUp) throw new Error(`${acked} acknowledged, then nothing more`)
      try {
        number = await send(ports[port], key)
      } catch (e) {
        if (/^status/.test(e.message)) throw e
      }
      if (number) break
      again++
      port = (port + 1) % ports.length
      await new Promise((r) => setTimeout(r, 50))
    }
    appendFileSync(file, `${number}\t${key}\n`)
    acked++
    longest = Math.max(longest, Date.now() - last)
    last = Date.now()
  }
}

try {
  await Promise.all(Array.from({ length: Number(lines) }, (_, n) => line(n)))
  console.log(`${acked} acknowledged, ${again} tried again, nothing for at most ${(longest / 1000).toFixed(1)} s`)
} catch (e) {
  console.log(String(e.message))
  process.exitCode = 1
}

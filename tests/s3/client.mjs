// A client of our own for the object store, with a signature of our own: what lapor sends is not judged by lapor.
import { createHash, createHmac } from 'node:crypto'

const sha = (x) => createHash('sha256').update(x).digest('hex')
const mac = (key, x) => createHmac('sha256', key).update(x).digest()

// where: { url, access, secret }
export function call(where, method, path, body = '') {
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = [stamp.slice(0, 8), 'us-east-1', 's3', 'aws4_request']
  const headers = { 'x-amz-content-sha256': sha(body), 'x-amz-date': stamp }
  const signed = { host: new URL(where.url).host, ...headers }, names = Object.keys(signed).join(';')
  const request = [method, path, '', ...Object.entries(signed).map(([k, v]) => `${k}:${v}`), '', names, sha(body)].join('\n')
  const key = scope.reduce((k, part) => mac(k, part), `AWS4${where.secret}`)
  const signature = mac(key, `AWS4-HMAC-SHA256\n${stamp}\n${scope.join('/')}\n${sha(request)}`).toString('hex')
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${where.access}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`
  return fetch(where.url + path, { method, headers, body: method === 'PUT' ? body : undefined })
}

export async function bytesOf(where, path) {
  const answer = await call(where, 'GET', path)
  return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : null
}

export async function list(where, bucket) {
  const text = await (await call(where, 'GET', bucket)).text()
  return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map((m) => m[1])
}

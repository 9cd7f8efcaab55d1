// Requests of a shape that two servers read differently. Each would let its author slip a second request past
// the first server; the second one is in every shape and must never be answered.
const NEXT = 'GET /healthz HTTP/1.1\r\nHost: lapor.test\r\n\r\n'
const POST = 'POST /masuk HTTP/1.1\r\nHost: lapor.test\r\n'
const GET = 'GET /bantuan HTTP/1.1\r\nHost: lapor.test\r\n'
const FORM = 'Content-Type: application/x-www-form-urlencoded\r\n'

// throughNginx 'cleaned': nginx does not refuse it but sends on one unambiguous request.
export const shapes = [
  { name: 'Content-Length with Transfer-Encoding', bytes: `${POST}${FORM}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${NEXT}` },
  { name: 'Transfer-Encoding with Content-Length', bytes: `${POST}${FORM}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n${NEXT}` },
  { name: 'two different Content-Length', bytes: `${POST}${FORM}Content-Length: 0\r\nContent-Length: ${NEXT.length}\r\n\r\n${NEXT}` },
  { name: 'two equal Content-Length', bytes: `${POST}${FORM}Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b${NEXT}` },
  { name: 'a list as Content-Length', bytes: `${POST}${FORM}Content-Length: 3, 3\r\n\r\na=b${NEXT}` },
  { name: 'a signed Content-Length', bytes: `${POST}${FORM}Content-Length: +3\r\n\r\na=b${NEXT}` },
  { name: 'a negative Content-Length', bytes: `${POST}${FORM}Content-Length: -1\r\n\r\n${NEXT}` },
  { name: 'an empty Content-Length', bytes: `${POST}${FORM}Content-Length:\r\n\r\n${NEXT}` },
  { name: 'a blank before the colon', bytes: `${POST}${FORM}Content-Length : ${NEXT.length}\r\n\r\n${NEXT}` },
  { name: 'two Host headers', bytes: `${GET}Host: other.test\r\n\r\n${NEXT}` },
  { name: 'no Host header', bytes: `GET /bantuan HTTP/1.1\r\n\r\n${NEXT}` },
  { name: 'a NUL in a value', bytes: `${GET}X: a\0b\r\n\r\n${NEXT}` },
  { name: 'a NUL in a name', bytes: `${GET}X\0: a\r\n\r\n${NEXT}` },
  { name: 'a bare CR in a value', bytes: `${GET}X: a\rContent-Length: 40\r\n\r\n${NEXT}` },
  { name: 'a bare CR at the end of the head', bytes: `${GET}X: a\r\r\n\r\n${NEXT}`, throughNginx: 'cleaned' },
  { name: 'a bare LF behind a line', bytes: `${GET}X: a\nY: b\r\n\r\n${NEXT}`, throughNginx: 'cleaned' },
  { name: 'a folded line', bytes: `${GET}X: a\r\n Content-Length: 40\r\n\r\n${NEXT}` },
  { name: 'a line without a colon', bytes: `${GET}nonsense\r\n\r\n${NEXT}`, throughNginx: 'cleaned' },
  { name: 'an unknown Transfer-Encoding', bytes: `${POST}${FORM}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${NEXT}` },
  { name: 'two Transfer-Encoding', bytes: `${POST}${FORM}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${NEXT}` },
  { name: 'Transfer-Encoding in HTTP/1.0', bytes: `POST /masuk HTTP/1.0\r\nHost: lapor.test\r\nConnection: keep-alive\r\n${FORM}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${NEXT}` },
  { name: 'a chunk size that is no number', bytes: `${POST}${FORM}Transfer-Encoding: chunked\r\n\r\n0x3\r\na=b\r\n0\r\n\r\n${NEXT}` },
  { name: 'a GET with a body', bytes: `${GET}Content-Length: ${NEXT.length}\r\n\r\n${NEXT}`, throughNginx: 'cleaned' },
  { name: 'a control character in the address', bytes: `GET /ban\x01tuan HTTP/1.1\r\nHost: lapor.test\r\n\r\n${NEXT}` },
]

# SPDX-License-Identifier: Apache-2.0
"""OpenStack Swift with its S3 door, in one process on loopback: one device, one replica, signatures checked.

Usage: store.py DIR PORT ACCOUNT:USER SECRET     serves until SIGTERM; what it holds stays in DIR

The inner three servers take free ports, so the rings that lead to them are made anew at each start.
"""
import os
import sys

import eventlet
eventlet.monkey_patch()
import eventlet.wsgi
from eventlet import listen

import swift.common.utils
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp

root, port, access, secret = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
account, user = access.split(':')


def write(name, text):
    path = os.path.join(root, name)
    with open(path, 'w') as f:
        f.write(text)
    return path


os.makedirs(os.path.join(root, 'devices', 'sda'), exist_ok=True)
sockets = {kind: listen(('127.0.0.1', 0)) for kind in ('account', 'container', 'object')}
for kind, sock in sockets.items():
    builder = RingBuilder(4, 1, 1)
    builder.add_dev({'id': 0, 'region': 1, 'zone': 1, 'weight': 1, 'ip': '127.0.0.1', 'device': 'sda',
                     'port': sock.getsockname()[1]})
    builder.rebalance()
    builder.get_ring().save(os.path.join(root, kind + '.ring.gz'))

common = f'[DEFAULT]\nswift_dir = {root}\ndevices = {root}/devices\nmount_check = false\nlog_level = WARNING\n'
for kind in sockets:
    write(kind + '.conf', common + f'[pipeline:main]\npipeline = {kind}-server\n[app:{kind}-server]\nuse = egg:swift#{kind}\n')
write('proxy.conf', common + f'''
[pipeline:main]
pipeline = catch_errors proxy-logging cache s3api tempauth proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {secret} .admin
''')

write('swift.conf', '[swift-hash]\nswift_hash_path_suffix = lapor\n')
swift.common.utils.SWIFT_CONF_FILE = os.path.join(root, 'swift.conf')
swift.common.utils.validate_hash_conf()
quiet = open(os.path.join(root, 'log'), 'w')
for kind, sock in sockets.items():
    eventlet.spawn(eventlet.wsgi.server, sock, loadapp(os.path.join(root, kind + '.conf')), quiet)
eventlet.wsgi.server(listen(('127.0.0.1', port)), loadapp(os.path.join(root, 'proxy.conf')), quiet)
